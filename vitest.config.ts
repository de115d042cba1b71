import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Long enough for a machine where four times as much wants to run: what hangs is still told.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores, and much of the time is waiting: a second is kept between writes to GitHub. With more workers the native
    // engine and the embedded database get into each other's way.
    maxWorkers: 3,
    // These packages import JSON without saying so, which Node refuses and the bundler of vitest does not mind.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
  },
})
