export function showBanner(target: HTMLElement, message: string): void {
  target.textContent = message
}
