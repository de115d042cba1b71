export const id = 985;
export const ids = [985];
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

/***/ 4985:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseCommand: () => (/* binding */ parseCommand)
/* harmony export */ });
/* harmony import */ var _effort_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2852);
/* harmony import */ var _own_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5970);


/** GitHub's rule for logins; those of managed users end with `_` and a short code. */
const login = /^(?=.{1,39}$)[a-z\d](?:[a-z\d]|-(?=[a-z\d]))*(?:_[a-z\d]+)?$/i;
const longestLine = 1000;
/**
 * The first command in a comment, from its author's own words: `@name [username] [--force-reload] [--full]
 * [--effort quick|standard|deep] [--opt-in] [--forget] [--help]`, at the start of a line. Null where nobody speaks to us.
 */
function parseCommand(text, mentionName) {
    // Most comments have nothing to do with us, and need no parser.
    if (!text.toLowerCase().includes(`@${mentionName.toLowerCase()}`))
        return null;
    const mention = mentionAtStart(mentionName);
    for (const line of (0,_own_words_js__WEBPACK_IMPORTED_MODULE_1__/* .ownWords */ .I)(text)) {
        const found = mention.exec(line);
        if (found !== null)
            return readWords(wordsOf(found.groups?.rest ?? ''));
    }
    return null;
}
/** The name ends where GitHub ends it: `@name-2`, `@names`, `@name[bot]` and `@name/team` are others. */
function mentionAtStart(name) {
    return new RegExp(`^ {0,3}@${name}[,.:;!?]*(?:\\s(?<rest>.*))?$`, 'is');
}
function wordsOf(rest) {
    return rest
        .slice(0, longestLine)
        .trim()
        .split(/\s+/)
        .map((word) => word.replace(/[,.:;!?]+$/, '').replace(/^[—–]/, '--'))
        .filter((word) => word !== '');
}
function readWords(words) {
    if (words.some((word) => word.toLowerCase() === '--help'))
        return { kind: 'help' };
    const asked = { forceReload: false, full: false, optIn: false, forget: false };
    for (let index = 0; index < words.length; index++) {
        const word = words[index] ?? '';
        const isEffortAlone = word.toLowerCase() === '--effort';
        const problem = isEffortAlone ? readEffort(words[++index] ?? '', asked) : readWord(word, asked);
        if (problem !== null)
            return { kind: 'mistake', problem };
    }
    return commandOf(asked);
}
function readWord(word, asked) {
    if (!word.startsWith('-'))
        return readUsername(word, asked);
    const flag = word.toLowerCase();
    if (flag.startsWith('--effort='))
        return readEffort(flag.slice('--effort='.length), asked);
    if (flag === '--full')
        asked.full = true;
    else if (flag === '--force-reload')
        asked.forceReload = true;
    else if (flag === '--opt-in')
        asked.optIn = true;
    else if (flag === '--forget')
        asked.forget = true;
    else
        return 'unknown-flag';
    return null;
}
function readEffort(word, asked) {
    const effort = word.toLowerCase();
    if (!(0,_effort_name_js__WEBPACK_IMPORTED_MODULE_0__/* .isEffort */ .q)(effort))
        return 'bad-effort';
    asked.effort = effort;
    return null;
}
function readUsername(word, asked) {
    if (asked.username !== undefined)
        return 'extra-words';
    const username = word.replace(/^@/, '');
    if (!login.test(username))
        return 'bad-username';
    asked.username = username;
    return null;
}
function commandOf(asked) {
    if (asked.optIn || asked.forget)
        return consentOf(asked);
    const { username, effort, forceReload, full } = asked;
    const how = { full, ...(effort === undefined ? {} : { effort }) };
    if (username !== undefined)
        return { kind: 'persona', username, forceReload, ...how };
    // There is nothing to reload but a persona.
    return forceReload ? { kind: 'mistake', problem: 'name-missing' } : { kind: 'review', ...how };
}
/** Nobody can agree for another, and none of the other flags means anything beside these. */
function consentOf({ username, effort, forceReload, full, optIn, forget }) {
    const isMixed = (optIn && forget) || forceReload || full || effort !== undefined;
    if (isMixed)
        return { kind: 'mistake', problem: 'mixed-flags' };
    if (forget)
        return { kind: 'forget', ...(username === undefined ? {} : { username }) };
    return username === undefined ? { kind: 'opt-in' } : { kind: 'mistake', problem: 'opt-in-for-another' };
}


/***/ })

};
