/** How everything begins that our comments hide: what holds this was written by us, or copied from us. */
export const ownSign = '<!-- ai-review:'
