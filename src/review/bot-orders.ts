// Bots read the raw text of a comment, code and all: a slash command at the start of a line, or their own name.
const orders =
  /(?<=^[^\S\n]*)\/(?=[a-z])|@(?:dependabot|renovate|mergify|mergifyio|copilot|claude|codex|cursor|gemini|coderabbitai|tech-lead-bot)\b|\bbors\b/gim
const gap = '\u200B'

/** Everything in a raw text that a bot could take for an order. */
export function ordersIn(text: string): readonly string[] {
  return text.match(orders) ?? []
}

/** The same text, to be read in code: a character without width stands inside whatever a bot could take for an order. */
export function withoutOrders(text: string): string {
  return text.replace(orders, (order) => `${order.charAt(0)}${gap}${order.slice(1)}`)
}
