/**
 * What chat templates use to mark turns. A server that speaks this protocol renders messages into one text and reads
 * such marks in it as its own, wherever they come from.
 */
const openers: readonly RegExp[] = [
  /<(?=[|｜])/g,
  /(?<=[|｜])>/g,
  /<(?=\/?(?:s|bos|eos|pad|unk|mask|think|thinking|tool_call|tool_response|start_of_turn|end_of_turn|start_of_image|image_soft_token)>)/gi,
  /\[(?=\/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS|TOOL_RESULTS|IMG|THINK|gMASK)\])/g,
  /<(?=<\/?SYS>>)/g,
]

/** Text in which every mark of a chat template is broken by a space, so that it stays text. */
export function breakSpecialTokens(text: string): string {
  return openers.reduce(
    (broken, opener) => broken.replace(opener, (mark) => (mark === '>' ? ' >' : `${mark} `)),
    text,
  )
}
