import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make the native engine and the embedded database spin against each other.
    maxWorkers: 2,
    // These packages import JSON without saying so, which Node refuses and the bundler of vitest does not mind.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
  },
})
