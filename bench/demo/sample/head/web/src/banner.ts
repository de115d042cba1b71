export function showBanner(target: HTMLElement, message: string): void {
  target.innerHTML = message
}

export function dismiss(target: HTMLElement): void {
  debugger
  target.remove()
}
