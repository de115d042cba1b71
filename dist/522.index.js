export const id = 522;
export const ids = [522];
export const modules = {

/***/ 5970:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ ownWords)
/* harmony export */ });
/* harmony import */ var marked__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8022);

/** Stands for anything in a line that is not the author's own plain words: code, a link, a tag. No word matches it. */
const foreign = '\uFFFC';
/** Longest text that is read; GitHub takes four times as much, and nobody gives a command behind that. */
const longestText = 16_384;
const voidTags = new Set([
    'area',
    'br',
    'col',
    'embed',
    'hr',
    'img',
    'input',
    'link',
    'meta',
    'source',
    'wbr',
]);
const tagPattern = /<(\/?)([a-z][a-z0-9-]{0,40})(?=[\s/>])[^>]{0,2000}?(\/?)>/gi;
const commentPattern = /^<!--[\s\S]*-->$/;
/** Where a mail program puts the text that is answered, without the signs of a quote. */
const quotedMail = [
    /^\s*-{2,}\s*(?:original|forwarded) message\s*-{2,}\s*$/i,
    /^\s*_{10,}\s*$/,
    /^\s*On .{5,300} wrote:\s*$/i,
    /^\s*\*{0,2}(?:From|Sent):\*{0,2} .{1,300}$/i,
];
/**
 * The lines of a comment that its author wrote as plain words, in order. Quotes, code, lists, tables, headings with `#`,
 * HTML, and what a mail program quoted are left out; within a line, code, links and tags become a sign that no word
 * matches. Never throws: a text that no parser can read holds no own words.
 */
function ownWords(text) {
    let tokens;
    try {
        tokens = marked__WEBPACK_IMPORTED_MODULE_0__/* .Lexer */ .JG.lex(beforeQuotedMail(text.slice(0, longestText)), { gfm: true });
    }
    catch {
        // Thousands of nested quotes exhaust the parser's stack.
        return [];
    }
    const tags = new OpenTags();
    return tokens.flatMap((token) => linesOf(token, tags));
}
function beforeQuotedMail(text) {
    const lines = text.split(/\r\n?|\n/);
    const end = lines.findIndex((line) => quotedMail.some((pattern) => pattern.test(line)));
    return (end === -1 ? lines : lines.slice(0, end)).join('\n');
}
function linesOf(token, tags) {
    if (token.type === 'html')
        tags.read(token.raw);
    if (!isPlainBlock(token) || !('tokens' in token))
        return [];
    return (token.tokens ?? [])
        .map((inline) => plain(inline, tags))
        .join('')
        .split('\n');
}
/** A line above `---` is a heading to Markdown, though its author meant a signature or a rule. */
function isPlainBlock(token) {
    return token.type === 'paragraph' || (token.type === 'heading' && !/^ {0,3}#/.test(token.raw));
}
function plain(token, tags) {
    if (token.type === 'html') {
        tags.read(token.raw);
        return commentPattern.test(token.raw) ? '' : foreign;
    }
    if (token.type === 'br')
        return '\n';
    const isWords = (token.type === 'text' || token.type === 'escape') && !tags.areOpen;
    // What else there is may span lines: none of them begins with own words.
    return isWords && !('tokens' in token && token.tokens !== undefined) ? token.raw : foreign;
}
/** HTML elements that were opened and not closed: what stands between the tags is not plain. */
class OpenTags {
    #open = [];
    get areOpen() {
        return this.#open.length > 0;
    }
    read(html) {
        const tags = html.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
        for (const [, closes, name = '', closesItself] of tags.matchAll(tagPattern)) {
            const tag = name.toLowerCase();
            if (closes === '/')
                this.#close(tag);
            else if (closesItself !== '/' && !voidTags.has(tag))
                this.#open.push(tag);
        }
    }
    #close(tag) {
        const at = this.#open.lastIndexOf(tag);
        if (at !== -1)
            this.#open.splice(at);
    }
}


/***/ }),

/***/ 5522:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  understandReply: () => (/* binding */ understandReply)
});

// EXTERNAL MODULE: ./src/action/own-words.ts
var own_words = __webpack_require__(5970);
;// CONCATENATED MODULE: ./src/action/is-declining.ts

/** What people write to say that a finding does not matter. English, as these words are; each is bounded. */
const declining = [
    /\bwo(?:n't|nt|n’t) (?:be )?fix(?:ed|ing)?\b/,
    /\bwontfix\b/,
    /\b(?:will not|not going to) (?:be )?fix(?:ed|ing)?\b/,
    /\bfalse[- ]positive\b/,
    /\b(?:not|isn't|no) (?:an? |really an? |actually an? )?(?:real |actual )?(?:issue|bug|problem|defect|vulnerability)\b/,
    /\b(?:by|as) design(?:ed)?\b/,
    /\b(?:works|working) as (?:intended|designed|expected)\b/,
    /\b(?:as intended|intended|intentional|intentionally|deliberate|deliberately|on purpose)\b/,
    /^(?:please |just )?ignore (?:this|it|that)\b/,
    /^(?:(?:i|we)(?:'m| am|'re| are)? )?(?:declin(?:e|ed|ing)|dismiss(?:ed|ing)?)\b/,
];
/** Words before such a phrase that turn it round, or put it in question. */
const turningRound = /\b(?:not|never|no longer|hardly|neither|nor|cannot|doubt|unless|if|whether|why|how|wonder|maybe|perhaps|might|may|could|would|should|unsure|what|which|is (?:this|that|it)|are (?:these|those|they)|was (?:this|that|it))\b|n't\b/;
/** Words behind it that do the same. */
const takingBack = /\b(?:if|unless|until|or not|i think not)\b/;
/**
 * True where the author's own words say that the finding does not matter. Questions, negations and guesses do not count:
 * a finding that is declined is not raised again, so a doubt leaves it open.
 */
function isDeclining(text) {
    return clausesOf((0,own_words/* ownWords */.I)(text).join('\n')).some(declines);
}
/** A clause with the question mark it may end in. */
function clausesOf(words) {
    const plain = words.replaceAll('’', "'").toLowerCase();
    return plain
        .split(/\n{2,}|(?<=[.!?;])\s+|(?<=\?)/)
        .filter((sentence) => !sentence.includes('?'))
        .flatMap((sentence) => sentence.split(/[,:;.!\n]|\bbut\b/))
        .map((clause) => clause.replace(/\s+/g, ' ').trim().slice(0, 300));
}
function declines(clause) {
    return declining.some((pattern) => {
        const found = pattern.exec(clause);
        if (found === null)
            return false;
        const before = clause.slice(0, found.index);
        return !turningRound.test(before) && !takingBack.test(clause.slice(found.index + found[0].length));
    });
}

;// CONCATENATED MODULE: ./src/action/understand-reply.ts


/** Never throws, whatever the text is. `mentionName` is letters, digits and dashes. */
function understandReply(text, mentionName) {
    const mention = new RegExp(`(?<![\\w@/.-])@${mentionName}(?![\\w/[@-]|\\.\\w)`, 'i');
    return { mentionsUs: (0,own_words/* ownWords */.I)(text).some((line) => mention.test(line)), isDeclining: isDeclining(text) };
}


/***/ })

};
