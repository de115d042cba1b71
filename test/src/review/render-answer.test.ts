import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCommand } from '../../../src/action/parse-command.ts'
import {
  renderClosed,
  renderCommandFailure,
  renderDeclined,
  renderHelp,
  renderMistake,
  renderModelAnswer,
  renderNothingNew,
  renderRefusal,
} from '../../../src/review/render-answer.ts'
import { liveParts } from '../../support/e2e/live-parts.ts'
import { hostileText } from '../../support/review/hostile-texts.ts'

const name = 'tech-lead-bot'
const answers = [
  renderHelp(name, 'write'),
  renderMistake('unknown-flag', name),
  renderRefusal('maintain'),
  renderClosed(),
  renderNothingNew(name),
  renderDeclined(),
  renderCommandFailure({ code: 'server-busy', message: 'The server is busy.', hint: 'Wait.' }),
]

test.each(answers)('%j acts on nobody, and is no command to ourselves', (answer) => {
  expect(liveParts(answer)).toEqual([])
  expect(parseCommand(answer, name)).toBeNull()
})

test('every command that the help names is one', () => {
  const [, ...commands] = [...renderHelp(name, 'write').matchAll(/`(@tech-lead-bot[^`]*)`/g)].map(
    ([, one]) => one,
  )
  expect(commands.length).toBeGreaterThan(1)
  for (const command of commands)
    expect(parseCommand(command ?? '', name)?.kind).toMatch(/review|help|persona|opt-in|forget/)
})

test("a model's answer acts on nobody, whatever it holds", () => {
  fc.assert(
    fc.property(hostileText, hostileText, (answer, model) => {
      expect(liveParts(renderModelAnswer(answer, model))).toEqual([])
    }),
  )
})
