export const id = 678;
export const ids = [678];
export const modules = {

/***/ 6797:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ personaNameOf)
/* harmony export */ });
/** Whose persona in the repository of a pull request. */
function personaNameOf({ repository: { id, owner, name } }, person) {
    return { repository: { id, owner, name }, person: { id: person.id, login: person.login } };
}


/***/ }),

/***/ 6678:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ askedPersona),
  routeVoice: () => (/* binding */ routeVoice)
});

// EXTERNAL MODULE: ./node_modules/minimatch/dist/esm/index.js + 8 modules
var esm = __webpack_require__(1138);
;// CONCATENATED MODULE: ./src/review/code-owners.ts

/** Where GitHub looks for the file; the first that is there counts. */
const codeOwnersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** Bounds of a file that anybody who may push to the base could write. */
const codeOwnersLimits = {
    bytes: 256 * 1024,
    rules: 5000,
    pattern: 256,
    starsInName: 3,
    globstars: 4,
};
const options = { dot: true, nocomment: true, nonegate: true, noext: true, nobrace: true };
const login = /^@(?<login>[A-Za-z\d][A-Za-z\d_-]{0,38})$/;
/**
 * Tells whether the file gives a path to an account: the last matching rule decides, as GitHub reads it
 * (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
 * Rules that GitHub does not take either (`!`, `[ ]`), and those too costly to match, give nothing to anybody.
 */
function codeOwners(text) {
    const rules = text
        .split(/\r\n?|\n/)
        .flatMap(ruleOf)
        .slice(-codeOwnersLimits.rules)
        .reverse();
    return (path, owner) => rules.find(({ matches }) => matches(path))?.owners.has(owner.toLowerCase()) ?? false;
}
function ruleOf(line) {
    const [pattern = '', ...rest] = line.trim().split(/\s+/);
    if (pattern === '' || pattern.startsWith('#') || !isCheap(pattern))
        return [];
    const comment = rest.findIndex((word) => word.startsWith('#'));
    const owners = (comment === -1 ? rest : rest.slice(0, comment)).flatMap((word) => {
        const found = login.exec(word)?.groups?.login;
        return found === undefined ? [] : [found.toLowerCase()];
    });
    return [{ matches: matcherOf(pattern), owners: new Set(owners) }];
}
function isCheap(pattern) {
    if (pattern.length > codeOwnersLimits.pattern || /^!|[[\]\\]/.test(pattern))
        return false;
    const names = pattern.split('/');
    const globstars = names.filter((name) => name === '**').length;
    return (globstars <= codeOwnersLimits.globstars &&
        names.every((name) => name === '**' || name.split('*').length <= codeOwnersLimits.starsInName + 1));
}
/** A pattern with a slash before its end is matched from the root, another one everywhere; a folder means all below it. */
function matcherOf(pattern) {
    const isRooted = pattern.slice(0, -1).includes('/');
    const bare = pattern.replace(/^\/+/, '').replace(/\/+$/, '');
    const from = isRooted ? bare : `**/${bare}`;
    // `docs/*` means the files of that folder alone, unlike `docs` and `docs/`.
    const isOneLevel = isRooted && /(?:^|\/)\*$/.test(bare);
    const globs = [
        ...(pattern.endsWith('/') ? [] : [from]),
        ...(isOneLevel && !pattern.endsWith('/') ? [] : [`${from}/**`]),
    ].map((glob) => new esm/* Minimatch */.VR(glob, options));
    return (path) => globs.some((glob) => glob.match(path));
}

// EXTERNAL MODULE: ./src/review/globs.ts
var globs = __webpack_require__(6479);
// EXTERNAL MODULE: ./src/action/good-to-have.ts
var good_to_have = __webpack_require__(3930);
// EXTERNAL MODULE: ./src/action/persona/persona-name.ts
var persona_name = __webpack_require__(6797);
;// CONCATENATED MODULE: ./src/action/persona/route-voice.ts




/** Each is asked for at GitHub and at the server; whoever stands behind them is not. */
const mostAsked = 3;
/**
 * The first persona of the policy that is ready and to whom it gives files of the change, by its globs or by CODEOWNERS
 * at the base; undefined where there is none. That one cannot be asked for costs the review nothing but that voice.
 */
async function routeVoice(routing, roles) {
    let found;
    await (0,good_to_have/* goodToHave */.z)(async () => {
        const candidates = await routedPersonas(routing, roles.source);
        for (const candidate of candidates.slice(0, mostAsked)) {
            found ??= await askFor(candidate, routing, roles);
        }
    }, roles.log);
    return found;
}
async function routedPersonas({ pullRequest, policy, change }, source) {
    const paths = change.selection.selected.map(({ path }) => path);
    const needsOwners = paths.length > 0 && policy.personas.some(({ codeowners }) => codeowners);
    const owns = needsOwners ? codeOwners(await readCodeOwners(source, pullRequest.base.sha)) : () => false;
    return policy.personas
        .map((listed) => {
        const isListed = (0,globs/* matchesAny */._)(listed.paths);
        const files = paths.filter((path) => isListed(path) || (listed.codeowners && owns(path, listed.login)));
        return { listed, files };
    })
        .filter(({ files }) => files.length > 0);
}
async function readCodeOwners(source, sha) {
    const { entries } = await source.tree(sha);
    const path = codeOwnersPaths.find((wanted) => entries.some((entry) => entry.path === wanted && entry.kind === 'file'));
    return path === undefined ? '' : ((await source.fileText(sha, path, codeOwnersLimits.bytes)) ?? '');
}
async function askFor({ listed, files }, { pullRequest }, { persona }) {
    const { history, personas } = await persona();
    const person = await history.account(listed.login);
    if (person === null)
        return undefined;
    const { state } = await personas.status((0,persona_name/* personaNameOf */.t)(pullRequest, person));
    if (state !== 'ready')
        return undefined;
    return { ...askedPersona(listed, person), beside: true, files: [...files] };
}
/** The voice of a listed person alone, on the whole change. */
function askedPersona({ name }, { id, login }) {
    return { id, login, beside: false, ...(name === undefined ? {} : { name }) };
}


/***/ })

};
