export const id = 26;
export const ids = [26];
export const modules = {

/***/ 9026:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  reviewPullRequest: () => (/* binding */ reviewPullRequest)
});

// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
// EXTERNAL MODULE: ./runner/protocol/src/review.ts
var review = __webpack_require__(5875);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./src/diff/hunk-identity.ts

// What git shows by default. Cutting to it gives the same identity to a hunk that was read with more context.
const CONTEXT_LINES = 3;
function withNearContext(lines) {
    const first = lines.findIndex((line) => line.kind !== 'context');
    const last = lines.findLastIndex((line) => line.kind !== 'context');
    return lines.slice(Math.max(0, first - CONTEXT_LINES), last + 1 + CONTEXT_LINES);
}
/**
 * Names a hunk by what it changes: SHA-256 in hex over the path, and kind and exact text of its changed lines with at
 * most three lines of context on either side. Line numbers and the section title stay out, so the name survives a
 * rebase and edits elsewhere in the file. Whitespace counts, because it can carry meaning.
 *
 * The context tells the same edit at two places of a file apart; the price is that an edit within three lines of the
 * hunk renames it, which costs one more reading and hides nothing. Twins whose context is equal as well share a name:
 * who compares two diffs must count names, not only look them up.
 */
function hunkIdentity(path, hunk) {
    const content = withNearContext(hunk.lines).map((line) => [line.kind, line.text]);
    return (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([path, content]))
        .digest('hex');
}

// EXTERNAL MODULE: ./src/review/choose-guidelines.ts
var choose_guidelines = __webpack_require__(2863);
// EXTERNAL MODULE: ./node_modules/minimatch/dist/esm/index.js + 8 modules
var esm = __webpack_require__(1138);
;// CONCATENATED MODULE: ./src/review/globs.ts

const mostAlternatives = 64;
const options = {
    dot: true,
    nocomment: true,
    nonegate: true,
    // Extended globs nest, and nested ones can be made to match in exponential time.
    noext: true,
    braceExpandMax: mostAlternatives + 1,
};
/** What is wrong with a glob, as the end of a sentence, or null. Patterns are untrusted: each must stay cheap to match. */
function globProblem(pattern) {
    if (pattern.startsWith('!'))
        return 'must not start with "!"; list such files under "exclude"';
    if (/[\p{Cc}\p{Cf}]/u.test(pattern))
        return 'must not hold invisible characters';
    const alternatives = (0,esm/* braceExpand */.KA)(pattern, options).length;
    return alternatives > mostAlternatives ? `must not stand for more than ${mostAlternatives} globs` : null;
}
/**
 * Tells whether a path matches any of the patterns. A pattern without a slash matches the name in every directory,
 * one that ends in a slash everything below, and a leading slash means the root.
 */
function matchesAny(patterns) {
    const globs = patterns.map((pattern) => {
        const rooted = pattern.replace(/^\/+/, '');
        const below = rooted.endsWith('/') ? `${rooted}**` : rooted;
        return new esm/* Minimatch */.VR(below, { ...options, matchBase: !pattern.startsWith('/') });
    });
    return (path) => globs.some((glob) => glob.match(path));
}

// EXTERNAL MODULE: ./src/review/guideline-kind.ts
var guideline_kind = __webpack_require__(5001);
// EXTERNAL MODULE: ./src/review/show-hidden.ts
var show_hidden = __webpack_require__(8664);
;// CONCATENATED MODULE: ./src/review/read-guideline.ts




/** Only the tables of the file that are about Ruff: the rest is not about style. */
function ruffTables(text) {
    let isRuff = false;
    return text
        .split('\n')
        .filter((line) => {
        const table = /^\s*\[\[?\s*([^\]]+?)\s*\]/.exec(line)?.[1];
        if (table !== undefined)
            isRuff = /^tool\.ruff(?:$|\.)/.test(table);
        return isRuff;
    })
        .join('\n');
}
/** Comments that no reader of the page sees do not instruct a reviewer either. */
function withoutHtmlComments(text) {
    const parts = text.split('<!--');
    return parts
        .map((part, index) => {
        const end = index === 0 ? -1 : part.indexOf('-->');
        return end === -1 ? (index === 0 ? part : '') : part.slice(end + '-->'.length);
    })
        .join('');
}
/** A style file's text as the model gets it, or null where nothing of it is about style. */
function readGuideline({ path, text, }) {
    const directory = (0,guideline_kind/* guidelineKind */.V)(path)?.directory ?? '';
    const plain = (0,show_hidden/* showHidden */.U)(text.replace(/^\uFEFF/, ''));
    const isProse = /\.mdx?$|\.mdc$/i.test(path);
    const relevant = path.endsWith('pyproject.toml')
        ? ruffTables(plain)
        : isProse
            ? withoutHtmlComments(plain)
            : plain;
    const passage = relevant.trim().slice(0, choose_guidelines/* guidelineLimits */.xg.bytes);
    return passage === '' ? null : { path, directory, text: passage };
}
/** The policy's own instructions for the files under review, as guidelines of the root. */
function policyGuidelines(policy, policyPath, paths) {
    return policy.instructions
        .filter((instruction) => paths.some(matchesAny(instruction.paths)))
        .map(({ paths: globs, text }) => ({
        path: policyPath,
        directory: '',
        text: `For files that match ${globs.join(', ')}:\n${(0,show_hidden/* showHidden */.U)(text)}`,
    }));
}

;// CONCATENATED MODULE: ./src/review/build-request.ts



const longestHeadText = 2_000_000;
const longestSection = 500;
const longestDeadlineMs = 6 * 3600 * 1000;
// Room for everything in a request that is not a file.
const bytesForFiles = review/* requestLimits */.W7.bytes - 12 * 1024 * 1024;
function fileToSend(file) {
    return {
        path: file.path,
        ...(file.previousPath === undefined ? {} : { previousPath: file.previousPath }),
        status: file.status,
        hunks: file.hunks.map((hunk) => ({
            ...hunk,
            section: hunk.section.slice(0, longestSection),
            identity: hunkIdentity(file.path, hunk),
            lines: [...hunk.lines],
        })),
    };
}
const longestPath = 4096;
const lastLine = 10_000_000;
/** True where the wire has room for the names and the line numbers: one file beyond it must not lose all others. */
function isSendable({ path, previousPath = path, hunks }) {
    return (path.length <= longestPath &&
        previousPath.length <= longestPath &&
        hunks.every((hunk) => Math.max(hunk.oldStart + hunk.oldLines, hunk.newStart + hunk.newLines) <= lastLine));
}
function bytesOf(value) {
    return Buffer.byteLength(JSON.stringify(value));
}
/** Diffs first, whole texts while there is room: a diff without its text can still be reviewed. */
function fitFiles(files, headTexts) {
    const sent = [];
    const kept = [];
    const skipped = [];
    let room = bytesForFiles;
    for (const file of files) {
        const candidate = fileToSend(file);
        const bytes = isSendable(file) ? bytesOf(candidate) : Number.POSITIVE_INFINITY;
        if (bytes > room)
            skipped.push({ path: file.path, reason: 'request-too-large' });
        else {
            room -= bytes;
            sent.push(candidate);
            kept.push(file);
        }
    }
    const withTexts = sent.map((file) => {
        const headText = headTexts.get(file.path);
        if (headText === undefined || headText.length > longestHeadText)
            return file;
        const bytes = bytesOf(headText);
        if (bytes > room)
            return file;
        room -= bytes;
        return { ...file, headText };
    });
    return { sent: withTexts, kept, skipped };
}
/** Puts a review request together within the wire's limits; what did not fit is moved to the skipped files. */
function buildRequest(parts) {
    const { pullRequest, policy: parsed, selection } = parts;
    const { policy } = parsed;
    const { sent, kept, skipped } = fitFiles(selection.selected, parts.headTexts);
    const effort = parts.effort ?? policy.effort;
    const ownGuidelines = policyGuidelines(policy, parts.policyPath, kept.map(({ path }) => path));
    const { id, owner, name } = pullRequest.repository;
    return {
        request: {
            repository: { id, owner, name },
            change: {
                number: pullRequest.number,
                headSha: pullRequest.head.sha,
                baseSha: pullRequest.base.sha,
            },
            policyHash: parsed.hash,
            ...(effort === undefined ? {} : { effort }),
            deadlineMs: Math.min(Math.max(1000, Math.round(parts.deadlineMs)), longestDeadlineMs),
            ...(policy.language === undefined ? {} : { language: policy.language }),
            disabledRules: [...policy.rules.disable],
            changedFiles: parts.allFiles
                .filter(({ path }) => path.length <= longestPath)
                .slice(0, review/* requestLimits */.W7.files)
                .map(({ path, status, additions, deletions }) => ({ path, status, additions, deletions })),
            files: sent,
            guidelines: [...parts.guidelines.flatMap((file) => readGuideline(file) ?? []), ...ownGuidelines].slice(0, review/* requestLimits */.W7.guidelines),
            rules: parts.rules.slice(0, review/* requestLimits */.W7.rules),
            // The newest come last, and speak of the lines that are most likely to be read again.
            marks: parts.earlier.marks.slice(-review/* requestLimits */.W7.marks),
            ledgers: parts.earlier.ledgers.slice(-review/* requestLimits */.W7.ledgers),
            ...(parts.full === true ? { full: true } : {}),
            ...(parts.asked === true ? { asked: true } : {}),
        },
        selection: { selected: kept, skipped: [...selection.skipped, ...skipped] },
    };
}

// EXTERNAL MODULE: ./src/review/counts.ts
var counts = __webpack_require__(3046);
// EXTERNAL MODULE: ./src/review/judge.ts + 1 modules
var judge = __webpack_require__(5150);
;// CONCATENATED MODULE: ./src/review/nearest-word.ts
/** Levenshtein distance of two short words. */
function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 0; i < a.length; i++) {
        const next = [i + 1];
        for (let j = 0; j < b.length; j++) {
            const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
            next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}
/** The candidate that a person who typed `word` most likely meant, or null where none is near. */
function nearestWord(word, candidates) {
    if (word.length > 40)
        return null;
    const plain = word.toLowerCase().replaceAll('_', '-');
    const [best] = candidates
        .map((candidate) => ({ candidate, cost: distance(plain, candidate) }))
        .filter(({ cost, candidate }) => cost <= Math.max(2, Math.floor(candidate.length / 3)))
        .sort((a, b) => a.cost - b.cost);
    return best?.candidate ?? null;
}

// EXTERNAL MODULE: ./runner/protocol/src/finding.ts
var finding = __webpack_require__(7858);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(8816);
;// CONCATENATED MODULE: ./src/review/policy.ts




/** Bounds that keep a policy from costing more than the change it is about. */
const policyLimits = {
    bytes: 65_536,
    depth: 20,
    globs: 200,
    globLength: 256,
    instructions: 20,
    instructionLength: 4000,
};
const Glob = schemas/* string */.YjP()
    .min(1)
    .max(policyLimits.globLength)
    .superRefine((pattern, context) => {
    const problem = pattern.length > policyLimits.globLength ? null : globProblem(pattern);
    if (problem !== null)
        context.addIssue({ code: 'custom', message: problem });
});
const Globs = schemas/* array */.YOg(Glob).max(policyLimits.globs);
const Instruction = schemas/* strictObject */.rej({
    paths: Globs.min(1).describe('Globs of the files that the text is about.'),
    text: schemas/* string */.YjP()
        .min(1)
        .max(policyLimits.instructionLength)
        .describe('What a reviewer of these files must know, in plain words.'),
});
/**
 * The repository's own settings, as they stand in `.github/ai-review.yml` at the base commit.
 * Every key is optional in the file; a parsed policy has them all except `effort` and `language`.
 */
const Policy = schemas/* strictObject */.rej({
    include: Globs.min(1)
        .default(['**'])
        .describe('Globs of files to review; a file that matches none is skipped.'),
    exclude: Globs.default([]).describe('Globs of files to leave alone; they win over `include`.'),
    'max-files': schemas/* int */.Whr()
        .min(1)
        .max(3000)
        .default(1000)
        .describe('Most files reviewed in one run; the rest is listed as not reviewed.'),
    'max-changed-lines': schemas/* int */.Whr()
        .min(1)
        .max(100_000)
        .default(3000)
        .describe('A file with more changed lines than this is listed as not reviewed.'),
    'max-comments': schemas/* int */.Whr()
        .min(0)
        .max(50)
        .default(10)
        .describe('Most line comments in one run; the rest stands in the summary.'),
    'min-severity': finding/* Severity */.AI.default('low').describe('Findings below this severity are counted, not shown.'),
    'min-confidence': schemas/* number */.aig()
        .min(0)
        .max(1)
        .default(0)
        .describe('Findings below this confidence are counted, not shown.'),
    'fail-on': schemas/* enum */.k5n([...finding/* Severity */.AI.options, 'never'])
        .default('never')
        .describe('The check fails when a finding of this severity or above is shown.'),
    'review-drafts': schemas/* boolean */.zMY().default(false).describe('Whether draft pull requests are reviewed.'),
    commands: schemas/* strictObject */.rej({
        allow: schemas/* enum */.k5n(['read', 'triage', 'write', 'maintain', 'admin'])
            .default('write')
            .describe('Least role in the repository that may give commands and decline findings.'),
    })
        .default({ allow: 'write' })
        .describe('Who may talk to the reviewer.'),
    effort: review/* Effort */.Pg.optional().describe('How thorough to be; left out, the server chooses what meets the deadline.'),
    language: schemas/* string */.YjP()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N} ()-]{1,39}$/u)
        .optional()
        .describe('Language of the comments, such as `English` or `pt-BR`.'),
    rules: schemas/* strictObject */.rej({
        disable: schemas/* array */.YOg(schemas/* string */.YjP().min(1).max(200))
            .max(500)
            .default([])
            .describe('Ids of rules that are never raised.'),
    })
        .default({ disable: [] })
        .describe('Settings of the deterministic rules.'),
    instructions: schemas/* array */.YOg(Instruction)
        .max(policyLimits.instructions)
        .default([])
        .describe('Guidance for the files that match the globs.'),
})
    .describe('Policy of ai-review: what is reviewed, what is shown, and when the check fails.');
/** What holds where the repository says nothing. */
const defaultPolicy = Policy.parse({});

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./src/review/policy-yaml.ts


// Checking that keys are unique takes quadratic time.
const mostTokens = 5000;
// Nested flow collections take the parser more than linear time.
const mostBrackets = 1000;
function nested(token) {
    const found = [];
    if (token.type === 'document' && token.value)
        found.push(token.value);
    if ('items' in token) {
        for (const item of token.items) {
            if (item.key)
                found.push(item.key);
            if (item.value)
                found.push(item.value);
        }
    }
    return found;
}
/** Walks without recursion, so that a file of brackets alone does not end the stack. */
function tooDeepOrLong(tokens) {
    const rest = tokens.map((token) => ({ token, depth: 0 }));
    let seen = 0;
    for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
        seen += 1;
        if (at.depth > policyLimits.depth) {
            return { offset: at.token.offset, message: `is nested more than ${policyLimits.depth} deep` };
        }
        if (seen > mostTokens)
            return { offset: at.token.offset, message: 'holds too many entries' };
        for (const token of nested(at.token))
            rest.push({ token, depth: at.depth + 1 });
    }
    return null;
}
function forbiddenNodes(document) {
    const problems = [];
    (0,dist/* visit */.YR)(document, (_key, node) => {
        if (!(0,dist/* isNode */.Ll)(node))
            return;
        const offset = node.range?.[0] ?? 0;
        const isAnchored = !(0,dist/* isAlias */.Vj)(node) && node.anchor !== undefined;
        if ((0,dist/* isAlias */.Vj)(node) || isAnchored)
            problems.push({ offset, message: 'uses an anchor or alias; write the value out' });
        else if (node.tag !== undefined)
            problems.push({ offset, message: 'uses a tag; write a plain value' });
    });
    return problems;
}
function documentProblems(documents) {
    const [first, second] = documents;
    if (first === undefined)
        return [];
    if (second !== undefined) {
        return [{ offset: second.range[0], message: 'holds more than one document; keep the first' }];
    }
    const broken = first.errors.map(({ pos, code }) => ({
        offset: pos[0],
        message: `is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`,
    }));
    if (broken.length > 0)
        return broken;
    return forbiddenNodes(first);
}
function offsetOf(document, path, key) {
    const node = document?.getIn(path, true);
    if (key !== undefined && (0,dist/* isMap */.jh)(node)) {
        const pair = node.items.find((item) => (0,dist/* isScalar */.jn)(item.key) && String(item.key.value) === key);
        if ((0,dist/* isScalar */.jn)(pair?.key))
            return pair.key.range?.[0] ?? 0;
    }
    return (0,dist/* isNode */.Ll)(node) ? (node.range?.[0] ?? 0) : 0;
}
/** Reads YAML 1.2 without anchors, aliases, merge keys, tags or a second document, in bounded time. Never throws. */
function parsePolicyYaml(text) {
    const lines = new dist/* LineCounter */.HN();
    const brackets = text.match(/[[{]/g)?.length ?? 0;
    const tokens = brackets > mostBrackets ? [] : [...new dist/* Parser */.iX(lines.addNewLine).parse(text)];
    const tooMuch = brackets > mostBrackets ? { offset: 0, message: 'holds too many brackets' } : tooDeepOrLong(tokens);
    const documents = tooMuch === null
        ? [...new dist/* Composer */.Dk({ merge: false, prettyErrors: false, logLevel: 'silent' }).compose(tokens)].filter((document) => 'errors' in document)
        : [];
    const [document] = documents;
    const problems = tooMuch === null ? documentProblems(documents) : [tooMuch];
    return {
        value: problems.length === 0 ? (document?.toJS({ maxAliasCount: 0 }) ?? {}) : {},
        problems,
        positionOf: (offset) => {
            const { line, col } = lines.linePos(offset);
            return { line: Math.max(1, line), column: Math.max(1, col) };
        },
        offsetOf: (path, key) => offsetOf(document, path, key),
    };
}

;// CONCATENATED MODULE: ./src/review/parse-policy.ts




const mostProblems = 20;
/** Keys of the file reach logs and pages: only plain characters, and not many of them. */
function shown(text) {
    const plain = text.replace(/[^\w./-]/g, '?');
    return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain;
}
const typeNames = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
};
function describeBound(issue) {
    const [word, bound] = issue.code === 'too_small' ? ['at least', issue.minimum] : ['at most', issue.maximum];
    const unit = { string: ' characters long', array: ' entries long' }[issue.origin] ?? '';
    return `must be ${word} ${bound}${unit}`;
}
function describeIssue(issue) {
    switch (issue.code) {
        case 'invalid_type':
            return `must be ${typeNames[issue.expected] ?? 'another kind of value'}`;
        case 'invalid_value':
            return `must be one of ${issue.values.map(String).join(', ')}`;
        case 'too_small':
        case 'too_big':
            return describeBound(issue);
        case 'custom':
            return issue.message;
        default:
            return 'is not a value that this key can have';
    }
}
/** Keys that the schema knows in the mapping at a path. */
function knownKeys(path) {
    if (path.length === 0)
        return Object.keys(Policy.shape);
    return path[0] === 'rules' ? ['disable'] : ['paths', 'text'];
}
function problemAt({ path, yaml }, offset, said) {
    const { line, column } = yaml.positionOf(offset);
    const key = shown(said.key);
    const subject = key === '' ? 'the file ' : `"${key}" `;
    return { path, line, column, key, message: `${shown(path)} line ${line}: ${subject}${said.text}` };
}
function problemsOf(issue, where) {
    const { yaml } = where;
    if (issue.code !== 'unrecognized_keys') {
        const said = { key: issue.path.map(String).join('.'), text: describeIssue(issue) };
        return [problemAt(where, yaml.offsetOf(issue.path), said)];
    }
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => {
        const meant = nearestWord(key, known);
        const hint = meant === null ? `known keys are ${known.join(', ')}` : `did you mean "${meant}"?`;
        const said = { key: [...issue.path, key].map(String).join('.'), text: `is not a known key; ${hint}` };
        return problemAt(where, yaml.offsetOf(issue.path, key), said);
    });
}
/** JSON with sorted keys, so that the order of the file does not matter. */
function canonical(value) {
    return JSON.stringify(value, (_key, held) => held !== null && typeof held === 'object' && !Array.isArray(held)
        ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
        : held);
}
function inForce(policy, problems) {
    return { policy, problems, hash: (0,external_node_crypto_.createHash)('sha256').update(canonical(policy)).digest('hex') };
}
/** The default policy, in force because of what is wrong with the whole file: `fault` is a clause of our own words. */
function unusablePolicy(path, fault) {
    const message = `${shown(path)} line 1: ${fault}`;
    return inForce(defaultPolicy, [{ path, line: 1, column: 1, key: '', message }]);
}
/**
 * Reads the text of a policy file; null means that there is none. Never throws: with any problem the default policy
 * is in force, whole, because half a policy is what nobody wrote.
 */
function parsePolicy(text, path) {
    if (text === null)
        return inForce(defaultPolicy, []);
    if (Buffer.byteLength(text) > policyLimits.bytes) {
        return unusablePolicy(path, `the file is longer than ${policyLimits.bytes} bytes`);
    }
    const yaml = parsePolicyYaml(text);
    const where = { path, yaml };
    const broken = yaml.problems.map(({ offset, message }) => problemAt(where, offset, { key: '', text: message }));
    if (broken.length > 0)
        return inForce(defaultPolicy, broken.slice(0, mostProblems));
    const parsed = Policy.safeParse(yaml.value);
    if (parsed.success)
        return inForce(parsed.data, []);
    const problems = parsed.error.issues
        .flatMap((issue) => problemsOf(issue, where))
        .sort((a, b) => a.line - b.line || a.column - b.column);
    return inForce(defaultPolicy, problems.slice(0, mostProblems));
}

// EXTERNAL MODULE: ./src/review/render-check.ts
var render_check = __webpack_require__(1795);
;// CONCATENATED MODULE: ./src/action/ask-model-server.ts
const progressEveryMs = 15_000;
/** The answer to a request, with progress in the log. */
function askModelServer(request, roles) {
    return roles.model.review(request, { signal: roles.signal, onProgress: progressLog(roles) });
}
function progressLog({ log, now }) {
    let stage = null;
    let loggedAt = 0;
    return (progress) => {
        if (progress.stage === stage && now() - loggedAt < progressEveryMs)
            return;
        stage = progress.stage;
        loggedAt = now();
        log.info(`Model server: ${progress.stage}, ${progress.done} of ${progress.total}.`);
    };
}

;// CONCATENATED MODULE: ./src/review/git-attributes.ts

/** Beyond these a line is no rule: the text is untrusted and each rule is tried on each file. */
const limits = { rules: 1000, patternLength: 256 };
const names = {
    'linguist-generated': 'generated',
    'linguist-vendored': 'vendored',
};
function attributeOf(word) {
    const [, sign = '', name = '', value] = /^([-!]?)([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    const attribute = Object.hasOwn(names, name) ? names[name] : undefined;
    if (attribute === undefined)
        return null;
    if (sign === '!')
        return { attribute, value: undefined };
    return { attribute, value: sign !== '-' && value !== 'false' };
}
function patternAndRest(line) {
    const quoted = /^"((?:[^"\\]|\\.)*)"(?:[ \t]+(.*))?$/.exec(line);
    if (quoted)
        return [(quoted[1] ?? '').replace(/\\(["\\])/g, '$1'), quoted[2] ?? ''];
    const plain = /^(\S+)[ \t]+(.*)$/.exec(line);
    return plain ? [plain[1] ?? '', plain[2] ?? ''] : null;
}
function globOf(pattern) {
    // A negative pattern is forbidden in this file, and one that ends in a slash matches no file in it.
    if (pattern.length > limits.patternLength || /^!|\/$/.test(pattern))
        return null;
    return new esm/* Minimatch */.VR(pattern.replace(/^\//, ''), {
        dot: true,
        nocomment: true,
        nonegate: true,
        noext: true,
        nobrace: true,
        matchBase: !pattern.startsWith('/'),
    });
}
function rulesOf({ path, text }) {
    const below = path.slice(0, path.lastIndexOf('/') + 1);
    return text.split(/\r?\n/).flatMap((raw) => {
        const line = raw.trim();
        if (line === '' || line.startsWith('#') || line.startsWith('[attr]'))
            return [];
        const [pattern, rest] = patternAndRest(line) ?? [];
        const glob = pattern === undefined ? null : globOf(pattern);
        if (glob === null || rest === undefined)
            return [];
        return rest
            .split(/[ \t]+/)
            .map(attributeOf)
            .filter((found) => found !== null)
            .map((found) => ({ below, glob, ...found }));
    });
}
/**
 * Reads `linguist-generated` and `linguist-vendored` as git does: later lines win over earlier ones, and files in
 * deeper directories over those above (gitattributes(5)). Macros are not expanded.
 */
function gitAttributes(files) {
    const rules = [...files]
        .sort((a, b) => a.path.split('/').length - b.path.split('/').length)
        .flatMap(rulesOf)
        .slice(0, limits.rules)
        .reverse();
    const isSet = (path, attribute) => rules.find((rule) => rule.attribute === attribute &&
        path.startsWith(rule.below) &&
        rule.glob.match(path.slice(rule.below.length)))?.value ?? false;
    return (path) => ({ generated: isSet(path, 'generated'), vendored: isSet(path, 'vendored') });
}

;// CONCATENATED MODULE: ./src/review/unreviewable-path.ts
/** Files that package managers write; their names are those of linguist's list of generated files. */
const lockFiles = new Set([
    'bun.lock',
    'bun.lockb',
    'cargo.lock',
    'composer.lock',
    'conan.lock',
    'deno.lock',
    'flake.lock',
    'gemfile.lock',
    'go.sum',
    'go.work.sum',
    'gradle.lockfile',
    'mix.lock',
    'npm-shrinkwrap.json',
    'package-lock.json',
    'package.resolved',
    'packages.lock.json',
    'pdm.lock',
    'pipfile.lock',
    'pnpm-lock.yaml',
    'podfile.lock',
    'poetry.lock',
    'pubspec.lock',
    'uv.lock',
    'yarn.lock',
    '.terraform.lock.hcl',
]);
const vendored = /(?:^|\/)(?:node_modules|bower_components|vendor\/bundle|third_party|thirdparty|\.yarn\/(?:releases|plugins|cache))\//;
const generated = /(?:\.pb\.go|_pb2(?:_grpc)?\.pyi?|\.g\.dart|\.freezed\.dart|\.designer\.cs|\.js\.map|\.css\.map|\.snap)$/i;
const minified = /[.-]min\.(?:js|mjs|cjs|css)$/i;
/** What the name alone tells: a file that no person wrote, or null. */
function unreviewablePath(path) {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    if (lockFiles.has(name))
        return 'lock-file';
    if (vendored.test(path))
        return 'vendored';
    if (minified.test(name))
        return 'minified';
    return generated.test(name) ? 'generated' : null;
}

;// CONCATENATED MODULE: ./src/review/select-files.ts


const submoduleMode = '160000';
const symlinkMode = '120000';
const minifiedLineLength = 5000;
function kindOf(file) {
    const modes = [file.oldMode, file.newMode];
    if (modes.includes(submoduleMode))
        return 'submodule';
    if ((file.newMode ?? file.oldMode) === symlinkMode)
        return 'symlink';
    return file.binary ? 'binary' : null;
}
/** A file without hunks changed nothing that a line comment could be about, unless its diff was withheld. */
function withoutHunks(file) {
    if (file.hunks.length > 0)
        return null;
    if (file.withheld === true || file.additions + file.deletions > 0)
        return 'diff-unavailable';
    if (file.status === 'renamed' || file.status === 'copied')
        return 'no-content-change';
    const hasKnownModes = file.oldMode !== null || file.newMode !== null;
    const isModified = file.status === 'modified' || file.status === 'type-changed';
    const isExplained = hasKnownModes && (!isModified || file.oldMode !== file.newMode);
    return isExplained ? 'no-content-change' : 'diff-unavailable';
}
function hasVeryLongAddedLine(file) {
    return file.hunks.some((hunk) => hunk.lines.some((line) => line.kind === 'added' && line.text.length > minifiedLineLength));
}
function testsOf({ policy, attributesOf }) {
    const isIncluded = matchesAny(policy.include);
    const isExcluded = matchesAny(policy.exclude);
    return [
        kindOf,
        ({ path, previousPath = '' }) => (`${path}${previousPath}`.includes('\uFFFD') ? 'unreadable-name' : null),
        withoutHunks,
        ({ path }) => (isIncluded(path) ? null : 'not-included'),
        ({ path }) => (isExcluded(path) ? 'excluded-by-policy' : null),
        ({ path }) => (attributesOf(path).generated ? 'generated' : null),
        ({ path }) => (attributesOf(path).vendored ? 'vendored' : null),
        ({ path }) => unreviewablePath(path),
        (file) => (hasVeryLongAddedLine(file) ? 'minified' : null),
        (file) => (file.additions + file.deletions > policy['max-changed-lines'] ? 'too-large' : null),
    ];
}
/** Decides for every file of the diff whether it is reviewed; the first reason that holds is the one told. */
function selectFiles(diff, rules) {
    const tests = testsOf(rules);
    const selected = [];
    const skipped = [];
    for (const file of diff.files) {
        const reason = tests.reduce((found, test) => found ?? test(file), null);
        const isBeyondCap = selected.length >= rules.policy['max-files'];
        const final = reason ?? (isBeyondCap ? 'too-many-files' : null);
        if (final === null)
            selected.push(file);
        else
            skipped.push({ path: file.path, reason: final });
    }
    for (const { path } of diff.rejected)
        skipped.push({ path, reason: 'unreadable-diff' });
    return { selected, skipped };
}

;// CONCATENATED MODULE: ./src/action/read-base-files.ts


const attributesLimit = 50;
const longestFile = 65_536;
const rulesFolder = '.github/ai-review/rules/';
/** Texts by blob: a path is never opened, so no link is followed. Empty files say nothing and are left out. */
async function readTexts(source, entries, maxBytes) {
    const texts = await Promise.all(entries.map(async ({ path, blob }) => ({ path, text: await source.blobText(blob, maxBytes) })));
    return {
        read: texts.flatMap(({ path, text }) => (text === null || text === '' ? [] : [{ path, text }])),
        unreadable: texts.flatMap(({ path, text }) => (text === null ? [path] : [])),
    };
}
/** `.gitattributes` of the root and of the folders above changed files; the others say nothing about them. */
async function readAttributes(source, entries, changed) {
    const folders = new Set(changed.flatMap(foldersAbove));
    const found = entries.filter(({ path }) => /(?:^|\/)\.gitattributes$/.test(path) && folders.has(directoryOf(path)));
    return readWithin(source, found, {
        most: attributesLimit,
        code: 'attributes-not-read',
        name: '.gitattributes file',
    });
}
/** The repository's own rules. */
async function readRules(source, entries) {
    const found = entries.filter(({ path }) => path.startsWith(rulesFolder) && /\.ya?ml$/.test(path));
    return readWithin(source, found, { most: review/* requestLimits */.W7.rules, code: 'rules-not-read', name: 'rule file' });
}
/** As many files as the limit allows, in their order; what is left out is counted in a notice, never silently. */
async function readWithin(source, found, { most, code, name }) {
    const files = found.filter(({ kind }) => kind === 'file');
    const { read, unreadable } = await readTexts(source, files.slice(0, most), longestFile);
    const beyond = Math.max(0, files.length - most);
    const unread = unreadable.length + found.length - files.length;
    const notices = [
        ...(beyond === 0
            ? []
            : [{ code, message: `Not read: ${(0,counts/* counted */.hS)(beyond, name)} beyond the first ${most}.` }]),
        ...(unread === 0
            ? []
            : [
                {
                    code,
                    message: `Not read: ${(0,counts/* counted */.hS)(unread, name)}: a link, longer than 64 KB, or not UTF-8 text.`,
                },
            ]),
    ];
    return { files: read, notices };
}
function foldersAbove(path) {
    const parts = path.split('/').slice(0, -1);
    return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
function directoryOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

;// CONCATENATED MODULE: ./src/action/read-head-texts.ts
/** Whole texts help a reviewer but cost a request each where GitHub is asked, of 1,000 an hour for all workflows. */
const read_head_texts_limits = { bytes: 262_144, totalLength: 12_000_000, filesOverApi: 20, atOnce: 8 };
/** Text after the change by path, of as many selected files as the limits allow, in their order. */
async function readHeadTexts(source, { pullRequest, diff, selected }) {
    const files = selected.filter(({ status }) => status !== 'deleted');
    const wanted = diff.source === 'git' ? files : files.slice(0, read_head_texts_limits.filesOverApi);
    const texts = new Map();
    let room = read_head_texts_limits.totalLength;
    for (let start = 0; start < wanted.length && room > 0; start += read_head_texts_limits.atOnce) {
        const batch = wanted.slice(start, start + read_head_texts_limits.atOnce);
        const read = await Promise.all(batch.map(({ path }) => source.fileText(pullRequest.head.sha, path, read_head_texts_limits.bytes)));
        for (const [index, { path }] of batch.entries()) {
            const text = read[index] ?? null;
            if (text === null || text.length > room)
                continue;
            texts.set(path, text);
            room -= text.length;
        }
    }
    return texts;
}

;// CONCATENATED MODULE: ./src/action/gather-change.ts





/** Reads the diff, what the base commit says about reviewing it, and what was said about it before. */
async function gatherChange({ pullRequest, policy, policyPath, previousHead }, roles) {
    const { source, publisher } = roles;
    const [diff, base, earlier] = await Promise.all([
        source.diff(pullRequest),
        source.tree(pullRequest.base.sha),
        publisher.earlier(pullRequest, previousHead),
    ]);
    const paths = diff.files.map(({ path }) => path);
    const attributes = await readAttributes(source, base.entries, paths);
    const selection = selectFiles(diff, { policy, attributesOf: gitAttributes(attributes.files) });
    const selectedPaths = selection.selected.map(({ path }) => path);
    const { chosen, skipped } = (0,choose_guidelines/* chooseGuidelines */.Zr)(base.entries, selectedPaths);
    const [guidelines, rules, headTexts] = await Promise.all([
        readTexts(source, chosen, choose_guidelines/* guidelineLimits */.xg.bytes),
        readRules(source, base.entries),
        readHeadTexts(source, { pullRequest, diff, selected: selection.selected }),
    ]);
    return {
        diff,
        selection,
        headTexts,
        guidelines: guidelines.read,
        skippedGuidelines: [
            ...skipped,
            ...guidelines.unreadable.map((path) => ({ path, reason: 'unreadable' })),
        ],
        rules: rules.files,
        earlier,
        notices: [
            ...(base.truncated ? [treeTruncated] : []),
            ...(paths.some((path) => path === policyPath || path.startsWith('.github/ai-review/'))
                ? [rulesChanged]
                : []),
            ...attributes.notices,
            ...rules.notices,
        ],
    };
}
const treeTruncated = {
    code: 'tree-truncated',
    message: 'GitHub cut the listing of the base commit: style files and rules beyond the cut were not read.',
};
const rulesChanged = {
    code: 'rules-changed',
    message: 'This pull request changes the policy or the rules: it was reviewed under those of its base commit.',
};

// EXTERNAL MODULE: ./src/action/inputs.ts + 3 modules
var inputs = __webpack_require__(4074);
;// CONCATENATED MODULE: ./src/action/load-policy.ts



/**
 * The policy at the base commit: what the pull request itself changes in it holds once it is merged.
 * A file that is there and cannot be used, and one that was named and is not there, are problems of the policy.
 */
async function loadPolicy(source, pullRequest, path) {
    const { sha } = pullRequest.base;
    const text = await source.fileText(sha, path, policyLimits.bytes);
    if (text !== null)
        return parsePolicy(text, path);
    const fault = faultAt(path, (await source.tree(sha)).entries);
    return fault === null ? parsePolicy(null, path) : unusablePolicy(path, fault);
}
/** Why there is no text at the path; null where nobody expects any. */
function faultAt(path, entries) {
    const entry = entries.find((candidate) => candidate.path === path);
    if (entry?.kind === 'file')
        return `the file is longer than ${policyLimits.bytes} bytes or not UTF-8 text`;
    if (entry !== undefined)
        return `it is a ${entry.kind}, not a file`;
    if (entries.some((candidate) => candidate.path.startsWith(`${path}/`)))
        return 'it is a folder, not a file';
    return path === inputs/* defaultPolicyPath */.r2 ? null : 'there is no such file at the base commit';
}

// EXTERNAL MODULE: ./src/action/to-review-error.ts
var to_review_error = __webpack_require__(8245);
;// CONCATENATED MODULE: ./src/action/open-check.ts


/** A check in progress; null where the token may not write one: the review is worth having without. */
async function openCheck(pullRequest, { publisher, log }) {
    try {
        return await publisher.startCheck(pullRequest);
    }
    catch (error) {
        if (!(error instanceof errors/* ReviewError */.Z) || error.code !== 'missing-permission')
            throw error;
        log.warning(`No check is shown: ${error.message} ${error.hint}`);
        return null;
    }
}
/** Completes the check; that it cannot be completed is said in the log and changes nothing else. */
async function closeCheck(check, report, log) {
    try {
        await check?.complete(report);
    }
    catch (error) {
        const { message, hint } = (0,to_review_error/* toReviewError */.S)(error);
        log.warning(`The check could not be completed: ${message} ${hint}`);
    }
}

// EXTERNAL MODULE: ./src/review/marker.ts
var marker = __webpack_require__(468);
// EXTERNAL MODULE: ./src/review/render-comment.ts + 1 modules
var render_comment = __webpack_require__(7557);
// EXTERNAL MODULE: ./runner/protocol/src/seal.ts
var src_seal = __webpack_require__(2694);
// EXTERNAL MODULE: ./src/review/bounded-list.ts
var bounded_list = __webpack_require__(6826);
// EXTERNAL MODULE: ./src/review/coverage.ts
var coverage = __webpack_require__(4528);
// EXTERNAL MODULE: ./src/review/render-provenance.ts
var render_provenance = __webpack_require__(5204);
// EXTERNAL MODULE: ./src/review/render-sections.ts
var render_sections = __webpack_require__(9979);
;// CONCATENATED MODULE: ./src/review/render-review-body.ts







// GitHub takes 65,536 characters of a body.
const longestList = 48_000;
/** Body of the one review of a run, with the run's mark and the marks of what stands in the summary only. */
function renderReviewBody(summary, run) {
    const { headSha, judged, answer } = summary;
    const entries = judged.filter(({ verdict }) => verdict === 'in-summary');
    const renderMarked = (one) => {
        const { identity, seal } = one.finding;
        return `${(0,render_sections/* renderEntry */.Ft)(one)}\n\n${(0,marker/* formatMark */.ry)({ kind: 'finding', head: headSha, identity, seal })}`;
    };
    const list = (0,bounded_list/* boundedList */.Y)(entries, renderMarked, { most: longestList, separator: '\n\n' });
    const missing = (0,coverage/* unreviewedFiles */.E)(summary).length;
    const seal = answer?.done.summarySeal ?? '';
    const isSealed = /^[0-9a-f]{64}$/.test(seal);
    return [
        `**${(0,counts/* describeFindings */.kA)(judged)}.**`,
        missing === 0 ? '' : `${(0,counts/* counted */.hS)(missing, 'file')} not reviewed; the check lists them.`,
        list === '' ? '' : `### Without a line comment\n\n${list}`,
        (0,render_provenance/* renderProvenance */._)(summary),
        isSealed ? (0,marker/* formatMark */.ry)({ kind: 'summary', head: headSha, identity: src_seal/* summaryIdentity */.rj, seal }) : '',
        (0,marker/* formatRunMark */.c)(run),
    ]
        .filter((part) => part !== '')
        .join('\n\n');
}
/** True where a run has something to say that was not said before: a comment, or a finding for the summary. */
function hasNews({ judged }) {
    return judged.some(({ verdict }) => verdict === 'posted' || verdict === 'in-summary');
}

;// CONCATENATED MODULE: ./src/action/publish-review.ts





/**
 * Posts one review where there is something new to say, and answers what then stands where.
 * Throws `head-moved` before anything is posted on a commit that is no longer the head.
 */
async function publishReview(publishing, { publisher, log }) {
    const { pullRequest, summary, run } = publishing;
    if (!hasNews(summary)) {
        log.info('There is nothing new to say: no review was posted.');
        return summary;
    }
    if ((await publisher.currentHead(pullRequest)) !== pullRequest.head.sha) {
        throw new errors/* ReviewError */.Z('head-moved', 'The pull request got a new head during the review.', {
            hint: 'Nothing was posted on the old one; the run for the new head reviews it.',
        });
    }
    try {
        const posted = await publisher.postReview(pullRequest, {
            head: pullRequest.head.sha,
            body: renderReviewBody(summary, run),
            comments: (0,render_comment/* renderComments */.Le)(summary.judged, {
                headSha: pullRequest.head.sha,
                files: summary.selection.selected,
            }),
            runMark: (0,marker/* formatRunMark */.c)(run),
        });
        return { ...summary, judged: (0,judge/* withRefused */.pP)(summary.judged, posted.refused), reviewUrl: posted.url };
    }
    catch (error) {
        if (!(error instanceof errors/* ReviewError */.Z) || error.code !== 'missing-permission')
            throw error;
        log.warning(`The review is in the job summary only: ${error.message} ${error.hint}`);
        return {
            ...summary,
            judged: unposted(summary.judged),
            notices: [...summary.notices, { code: 'not-posted', message: error.message }],
        };
    }
}
/** Findings after a run that could not post: what would have been a comment is told in the summary. */
function unposted(judged) {
    return judged.map((one) => one.verdict === 'posted' ? { ...one, verdict: 'in-summary', reason: 'The review was not posted.' } : one);
}

;// CONCATENATED MODULE: ./src/action/reason-to-skip.ts

/** Why a pull request needs no review by this run; null where it does. Only a draft's policy is looked at. */
async function reasonToSkip(source, pullRequest, { expectedHead, policyPath }) {
    if (pullRequest.state === 'closed')
        return 'closed';
    if (expectedHead !== undefined && expectedHead !== pullRequest.head.sha)
        return 'newer-head';
    if (!pullRequest.isDraft)
        return null;
    const { policy } = await loadPolicy(source, pullRequest, policyPath);
    return policy['review-drafts'] ? null : 'draft';
}

// EXTERNAL MODULE: ./src/action/unless-stopped.ts
var unless_stopped = __webpack_require__(4118);
;// CONCATENATED MODULE: ./src/action/review-pull-request.ts














/** Kept back from the server's time for judging and posting, at most this much and at most a quarter of the whole. */
const publishingMs = 20_000;
const leastServerMs = 1000;
/**
 * Reviews one pull request from its number to what stands on it afterwards. Throws a `ReviewError` only where
 * not even the pull request can be read; every later failure ends as a neutral check that names it.
 */
async function reviewPullRequest(order, roles) {
    const step = (work) => (0,unless_stopped/* unlessStopped */.O)(roles.signal, work);
    const pullRequest = await step(roles.source.pullRequest(order.number));
    const reason = await step(reasonToSkip(roles.source, pullRequest, order));
    if (reason !== null)
        return { kind: 'skipped', reason };
    const check = await step(openCheck(pullRequest, roles));
    let summary = emptySummary(pullRequest, order);
    try {
        const policy = await step(loadPolicy(roles.source, pullRequest, order.policyPath));
        summary = { ...summary, policy };
        const change = await step(gatherChange({ pullRequest, policy: policy.policy, ...order }, roles));
        const { request, selection } = buildRequest({
            ...order,
            ...change,
            pullRequest,
            policy,
            allFiles: change.diff.files,
            deadlineMs: timeForServer(order, roles.now()),
        });
        const { skippedGuidelines, notices } = change;
        summary = { ...summary, selection, skippedGuidelines, notices };
        roles.log.info(`${(0,counts/* counted */.hS)(selection.selected.length, 'file')} to review, ${selection.skipped.length} skipped.`);
        if (selection.selected.length > 0) {
            const answer = await step(askModelServer(request, roles));
            const earlier = answer.accepted.trusted;
            const judged = (0,judge/* judge */.S4)(answer.findings, { files: selection.selected, earlier, policy: policy.policy });
            summary = { ...summary, answer, judged };
            summary = await step(publishReview({ pullRequest, summary, run: order.run }, roles));
        }
    }
    catch (error) {
        summary = { ...summary, judged: unposted(summary.judged), failure: (0,to_review_error/* toReviewError */.S)(error) };
    }
    summary = { ...summary, totalMs: roles.now() - order.startedAt };
    const report = reportOf(summary);
    await closeCheck(check, report, roles.log);
    return { kind: 'reviewed', summary, check: report, checkUrl: check?.url ?? null };
}
/** A check must end even where its text cannot be made: one in progress for ever would hold up a merge. */
function reportOf(summary) {
    try {
        return (0,render_check/* renderCheck */.d)(summary);
    }
    catch (error) {
        const { message, hint } = (0,to_review_error/* toReviewError */.S)(error);
        return { conclusion: 'neutral', title: 'Not reviewed', summary: `${message} ${hint}`, annotations: [] };
    }
}
function timeForServer(order, now) {
    const kept = Math.min(publishingMs, order.deadlineMs / 4);
    const left = order.startedAt + order.deadlineMs - kept - now;
    if (left >= leastServerMs)
        return left;
    throw new errors/* ReviewError */.Z('deadline', 'The deadline passed before the model server could be asked.', {
        hint: 'Raise deadline-minutes; a checkout with fetch-depth: 0 makes reading the change faster too.',
    });
}
function emptySummary(pullRequest, order) {
    return {
        headSha: pullRequest.head.sha,
        policy: parsePolicy(null, order.policyPath),
        selection: { selected: [], skipped: [] },
        judged: [],
        earlier: [],
        pageUrl: '',
        answer: null,
        skippedGuidelines: [],
        notices: [],
        totalMs: 0,
    };
}


/***/ })

};
