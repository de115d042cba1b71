import { chatTemplate, controlTokens, type Piece } from './vocabulary.ts'
import { shape } from './weights.ts'

/** The files' contents that make transformers split text into the very tokens that llama.cpp splits it into. */
interface BaseTokenizer {
  readonly tokenizer: unknown
  readonly config: unknown
}

/**
 * llama.cpp joins the neighbours whose joint text has the highest score, transformers' BPE the pair that stands first
 * in its list: the list holds each pair that spells a piece, best score first.
 */
export function baseTokenizer(pieces: readonly Piece[]): BaseTokenizer {
  const special = pieces.flatMap(({ text, kind }, id) => {
    if (kind !== 'control' && kind !== 'unknown') return []
    return [
      {
        id,
        content: text,
        special: true,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
      },
    ]
  })
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    pre_tokenizer: null,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
      ],
    },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: '<unk>',
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(pieces.map(({ text }, id) => [text, id])),
      merges: merges(pieces),
    },
  }
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    add_bos_token: false,
    add_eos_token: false,
    bos_token: controlTokens.begin,
    eos_token: controlTokens.turnEnd,
    pad_token: controlTokens.end,
    unk_token: '<unk>',
    clean_up_tokenization_spaces: false,
    model_max_length: shape.contextTokens,
    chat_template: chatTemplate,
  }
  return { tokenizer, config }
}

function merges(pieces: readonly Piece[]): readonly (readonly [string, string])[] {
  const normal = pieces.filter(({ kind }) => kind === 'normal')
  const known = new Set(normal.map(({ text }) => text))
  return normal
    .toSorted((a, b) => b.score - a.score)
    .flatMap(({ text }) => {
      const characters = [...text]
      return characters.slice(1).flatMap((_, index) => {
        const left = characters.slice(0, index + 1).join('')
        const right = characters.slice(index + 1).join('')
        return known.has(left) && known.has(right) ? [[left, right] as const] : []
      })
    })
}
