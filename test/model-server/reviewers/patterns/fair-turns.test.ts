import { describe, expect, it } from 'vitest'
import { createFairTurns } from '../../../../runner/model-server/src/review/reviewers/patterns/fair-turns.ts'

/** Owners that ask for turns one after the other; `ended` tells whose work ended in which order. */
function aRace() {
  let clock = 0
  const takeTurn = createFairTurns(() => clock)
  const ended: string[] = []
  const race = async (name: string, turns: number, cost: number) => {
    const owner = {}
    for (let turn = 0; turn < turns; turn += 1) {
      await takeTurn(owner, async () => {
        clock += cost
        ended.push(name)
      })
    }
  }
  return { race, ended, takeTurn }
}

describe('turns', () => {
  it('give one with short work as much time as one with long work', async () => {
    const { race, ended } = aRace()
    await Promise.all([race('long', 3, 100), race('short', 30, 5)])
    expect(ended).toEqual(['long', ...Array(20).fill('short'), 'long', ...Array(10).fill('short'), 'long'])
  })

  it('alternate where the work is alike', async () => {
    const { race, ended } = aRace()
    await Promise.all([race('a', 3, 10), race('b', 3, 10)])
    expect(ended).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
  })

  it('give a newcomer no claim to the time before it came', async () => {
    const { race, ended } = aRace()
    await race('early', 10, 100)
    ended.length = 0
    await Promise.all([race('early', 3, 100), race('late', 3, 100)])
    expect(ended.slice(0, 4).sort()).toEqual(['early', 'early', 'late', 'late'])
  })

  it('never run two works at once, and go on after one that fails', async () => {
    const { takeTurn } = aRace()
    let running = 0
    let most = 0
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      running -= 1
      return 'done'
    }
    const failing = takeTurn({}, () => Promise.reject(new Error('broken')))
    const others = Promise.all(Array.from({ length: 5 }, () => takeTurn({}, work)))
    await expect(failing).rejects.toThrow('broken')
    expect(await others).toEqual(Array(5).fill('done'))
    expect(most).toBe(1)
    expect(await takeTurn({}, work)).toBe('done')
  })
})
