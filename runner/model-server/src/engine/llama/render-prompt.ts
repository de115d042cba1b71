import { type ChatHistoryItem, LlamaText, type Token } from 'node-llama-cpp'
import type { Message } from '../engine.ts'
import type { LoadedModel } from './load-model.ts'

/**
 * The tokens of a conversation in the model's own chat format, up to where its answer begins, or with the beginning
 * of that answer. Text of messages becomes plain tokens: `<|im_end|>` in a diff ends no turn.
 */
export function renderPrompt(
  { model, wrapper }: LoadedModel,
  messages: readonly Message[],
  answer = '',
): Token[] {
  const state = wrapper.generateContextState({
    chatHistory: [...messages.map(historyItem), { type: 'model', response: [] }],
  })
  const start = state.noPrefixTrigger
  const text = start?.type === 'response' ? LlamaText(state.contextText, start.inject) : state.contextText
  return LlamaText(text, answer).tokenize(model.tokenizer)
}

function historyItem({ role, content }: Message): ChatHistoryItem {
  switch (role) {
    case 'system':
      return { type: 'system', text: content }
    case 'user':
      return { type: 'user', text: content }
    case 'assistant':
      return { type: 'model', response: [content] }
  }
}
