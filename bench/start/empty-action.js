import { getInput } from '@actions/core'
import { Octokit } from '@octokit/rest'

/** The least an Action does: one input, one request. */
const [owner = '', repo = ''] = (process.env.GITHUB_REPOSITORY ?? '').split('/')
await new Octokit({
  auth: getInput('github-token'),
  baseUrl: process.env.GITHUB_API_URL ?? '',
}).rest.pulls.get({
  owner,
  repo,
  pull_number: 1,
})
