import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCopyFinder } from '../../../runner/model-server/src/personas/copied-spans.ts'

const past = 'one two three four five six seven eight nine ten eleven twelve thirteen'
const finder = await createCopyFinder(['Something else.', past])

test('twelve words in a row are copied, whatever their case, punctuation, width and backticks', () => {
  const copies = [
    'Well: TWO, three; four five six seven -- eight nine ten eleven twelve thirteen!',
    'two\nthree\n> four *five* six seven eight nine ten eleven ｔｗｅｌｖｅ thir\u00adteen',
    `See \`${past}\``,
    `\`\`\`\n${past}\n\`\`\``,
    'it`s one two three four five six seven eight nine ten eleven twelve, isn`t it',
  ]
  for (const copy of copies) expect(finder.isCopied(copy), copy).toBe(true)
})

test('eleven words are not', () => {
  expect(finder.isCopied('three four five six seven eight nine ten eleven twelve thirteen')).toBe(false)
})

test('code is quoted, not copied, and the prose around it is prose', async () => {
  const call = 'fetch(url, method, body, headers, retries, timeout, agent, cache, mode, signal, trace, id)'
  const quoting = await createCopyFinder([
    `Why not \`${call}\`?`,
    'please use `first` for this and `second` for that in all of the new code that you add here',
  ])
  expect(quoting.isCopied(`This is \`${call}\` again.`)).toBe(false)
  expect(
    quoting.isCopied(
      'please use `third` for this and `fourth` for that in all of the new code that you add here',
    ),
  ).toBe(true)
  expect(quoting.isCopied('please use first for this and second for that in all of the new code')).toBe(true)
})

test('without spaces two ideographs are a word, and four letters of Thai', async () => {
  const texts = {
    chinese: '这个函数在连接失败的时候没有关闭套接字请在这里加上错误处理然后再返回',
    japanese: 'この関数は接続に失敗したときにソケットを閉じていないのでエラー処理を追加してください',
  }
  for (const text of Object.values(texts)) {
    const some = await createCopyFinder([text])
    expect(some.isCopied(`注：${text.slice(2, 26)}。`)).toBe(true)
    expect(some.isCopied(`注：${text.slice(2, 25)}。`)).toBe(false)
    expect(some.isCopied(text.slice(0, 14).concat('、', text.slice(14)))).toBe(true)
  }
  const thai = 'กรุณาปิดซ็อกเก็ตเมื่อการเชื่อมต่อล้มเหลวและเพิ่มการจัดการข้อผิดพลาดก่อนส่งค่ากลับ'
  expect((await createCopyFinder([thai])).isCopied(thai)).toBe(true)
  expect((await createCopyFinder([thai])).isCopied(thai.slice(0, 30))).toBe(false)
})

test('a run of a past comment is found wherever it stands, and no other text is', async () => {
  const word = fc.stringMatching(/^[a-z]{2,6}$/)
  const words = (least: number) => fc.array(word, { minLength: least, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(words(12), { minLength: 1, maxLength: 6 }),
      words(0),
      words(0),
      async (all, before, after) => {
        const history = all.map((one) => one.join(' '))
        const some = await createCopyFinder(history)
        const [first = []] = all
        expect(some.isCopied([...before, ...first.slice(-12), ...after].join(', '))).toBe(true)
        const runs = new Set(
          all
            .flatMap((one) => one.map((_, at) => one.slice(at, at + 12)).filter((run) => run.length === 12))
            .map((run) => run.join(' ')),
        )
        const other = [...before, ...after]
        const isCopy = other.some((_, at) => runs.has(other.slice(at, at + 12).join(' ')))
        expect(some.isCopied(other.join(' '))).toBe(isCopy)
      },
    ),
  )
})
