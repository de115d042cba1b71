/**
 * The answer proper. Servers that do not split off a model's thoughts leave them before it, and servers that do not
 * constrain an answer let a model put one fence around it; both are taken off, nothing else is mended.
 */
export function answerText(content: string): string {
  const answer = content.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim()
  return /^```(?:json)?[ \t]*\r?\n([\s\S]*?)\r?\n```$/.exec(answer)?.[1] ?? answer
}
