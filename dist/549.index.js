export const id = 549;
export const ids = [549];
export const modules = {

/***/ 9667:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BY: () => (/* binding */ Forgotten),
/* harmony export */   Dz: () => (/* binding */ TrainingStatus),
/* harmony export */   az: () => (/* binding */ Login),
/* harmony export */   lp: () => (/* binding */ personaLimits),
/* harmony export */   mK: () => (/* binding */ fewestForTraining),
/* harmony export */   tQ: () => (/* binding */ PersonaStatus),
/* harmony export */   zP: () => (/* binding */ fewestComments)
/* harmony export */ });
/* unused harmony exports PersonaPerson, Consent, ConsentRequest, Addressed, PastComment, Silence, ColleagueComment, PastReply, SamplesChunk, TrainingRequest, trainingStates, GateMeasure, GateReport, adapterStates, AdapterState, AdapterVersion, StyleProfile, PromotionRequest */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7597);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4377);
/* harmony import */ var _change_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3119);
/* harmony import */ var _review_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5875);



/** Limits of what is collected and sent; what is beyond them is left out, oldest first. */
const personaLimits = {
    pullRequests: 3000,
    comments: 5000,
    silences: 3000,
    colleagues: 3000,
    /** Of each kind in one chunk. */
    chunk: 200,
    body: 4000,
    hunk: 8000,
    context: 16_000,
    cursor: 32_768,
    versions: 100,
};
/** Comments by which a persona can be used, by retrieval alone. */
const fewestComments = 20;
/** Comments from which an adapter is worth training. */
const fewestForTraining = 100;
const Sha = zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const When = zod__WEBPACK_IMPORTED_MODULE_3__/* .datetime */ .w$();
/** GitHub's rule for logins; those of managed users end with `_` and a short code. */
const Login = zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP()
    .regex(/^(?=.{1,39}$)[A-Za-z\d](?:[A-Za-z\d]|-(?=[A-Za-z\d]))*(?:_[A-Za-z\d]+)?$/);
/** The account whose style is borrowed. `id` is GitHub's number, as a login can pass to another. */
const PersonaPerson = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ id: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1), login: Login });
/** Whose persona, in which repository: every writing request names both by number, and a number that differs is refused. */
const About = { repository: _review_js__WEBPACK_IMPORTED_MODULE_1__/* .RepositoryName */ .Ae, person: PersonaPerson };
/**
 * How the person agreed. `commit`: a commit of their own, verified by GitHub, put them into the policy; `comment`: they
 * gave the command themselves. `reference` is the commit's SHA or the comment's number.
 */
const Consent = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    kind: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['commit', 'comment']),
    reference: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().regex(/^[0-9a-f]{1,64}$/),
    at: When,
});
/** `PUT …/consent`. One that is older than a withdrawal counts for nothing. */
const ConsentRequest = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({ ...About, consent: Consent });
/** Whether the author changed the lines afterwards. */
const Addressed = zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['yes', 'no', 'unknown']);
/** One past comment of the person, cleaned: no quotes, no code alone, nobody's name or address. */
const PastComment = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    pullRequest: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    path: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1).max(4096),
    side: _change_js__WEBPACK_IMPORTED_MODULE_0__/* .Side */ .mn,
    startLine: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1).optional(),
    /** On `side` at `commit`, as it was when the comment was written. */
    line: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    commit: Sha,
    at: When,
    body: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1).max(personaLimits.body),
    /** The unified diff hunk that GitHub keeps with the comment: it ends on the commented line. */
    hunk: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(personaLimits.hunk),
    /** Up to 20 lines on both sides of the commented line, of the file at `commit`; '' where it could not be read. */
    context: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(personaLimits.context),
    /** Number of the first line of `context`. */
    contextStart: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    addressed: Addressed,
    /** What stood there when the pull request ended, where it was changed. */
    after: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(4000).optional(),
    up: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
    down: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
});
/** A hunk that the person saw and said nothing about. `id` is made of where it stands, so that it is counted once. */
const Silence = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().regex(/^[0-9a-f]{32}$/),
    pullRequest: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    path: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1).max(4096),
    commit: Sha,
    at: When,
    hunk: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1).max(personaLimits.hunk),
});
/** A comment of somebody else, nameless: what the person's style is told apart from. */
const ColleagueComment = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    at: When,
    body: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1).max(personaLimits.body),
});
/** An answer to a comment, whoever's: listed newest first, so it is met before the comment it answers. */
const PastReply = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    to: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1),
    says: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['done', 'disagrees', 'other']),
});
const some = (shape) => zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(shape).max(personaLimits.chunk).default([]);
/**
 * `PUT …/samples`: a piece of a person's history. Pieces of one `session` add up; one that is sent again changes nothing,
 * as everything has an id. `cursor` is where the collector goes on after this piece, kept with it as it is. With `done`
 * the session takes the place of all that was there before; until then an earlier finished one goes on serving.
 */
const SamplesChunk = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    ...About,
    session: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().regex(/^[A-Za-z0-9._-]{1,64}$/),
    cursor: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(personaLimits.cursor),
    done: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(),
    comments: some(PastComment),
    silences: some(Silence),
    colleagues: some(ColleagueComment),
    replies: some(PastReply),
});
/** `POST …/training`. `force`: also when nothing changed since the last version. `refresh`: as the policy says now. */
const TrainingRequest = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    ...About,
    force: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().optional(),
    refresh: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['never', 'weekly']).optional(),
});
const trainingStates = [
    'queued',
    'preparing',
    'training',
    'evaluating',
    'publishing',
    'probing',
    'gating',
    'done',
    'failed',
    'cancelled',
];
/** One training, as it stands; also each event of `GET …/training` as a stream. Numbers and sentences of ours only. */
const TrainingStatus = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    id: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    state: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(trainingStates),
    /** How many go before it; 0 once it runs. */
    position: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
    step: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
    steps: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
    secondsLeft: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).nullable(),
    message: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(500),
    /** The adapter that came of it. */
    version: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().nullable(),
});
/** One measure of an adapter beside the base model with retrieval, on the person's later, unseen comments. */
const GateMeasure = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    name: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    base: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().nullable(),
    adapter: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().nullable(),
    /** Adapter less base with its 95 % interval by bootstrap over pull requests; a higher number is better. */
    difference: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().nullable(),
    low: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().nullable(),
    high: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().nullable(),
    verdict: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['gain', 'same', 'loss', 'not-measured']),
});
const GateReport = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    isPassed: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(),
    /** In words: what it gained, or why it stays out. */
    reasons: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(300)),
    measures: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(GateMeasure),
    cases: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
});
const adapterStates = [
    'training',
    'candidate',
    'canary',
    'live',
    'retired',
    'refused',
    'failed-probe',
];
const AdapterState = zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(adapterStates);
/** Adapters are named by their content, so a name never means two things. */
const AdapterName = zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().regex(/^a-[0-9a-f]{12}$/);
const AdapterVersion = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    name: AdapterName,
    /** SHA-256 over its files. */
    hash: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/),
    /** Hash of the model that it was trained for: it serves no other. */
    baseModel: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    state: AdapterState,
    at: When,
    window: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ from: When, to: When }),
    samples: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ train: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), validation: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), test: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), silences: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr() }),
    gate: GateReport.nullable(),
    feedback: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ good: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), bad: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr() }),
});
/** How a person writes comments, measured: shares are 0 to 1, lengths in words. */
const StyleProfile = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    comments: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
    medianWords: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0),
    longWords: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0),
    questions: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).max(1),
    nits: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).max(1),
    lowerCaseStart: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).max(1),
    code: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).max(1),
    please: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).max(1),
    hedges: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).max(1),
    suggestions: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig().min(0).max(1),
    /** Words that this person uses more than others do, most telling first. */
    words: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(30)).max(20),
});
/** `none`: nobody agreed; `withdrawn`: the person took it back; `collecting`: too few comments yet; `ready`: it can speak. */
const personaStates = ['none', 'withdrawn', 'collecting', 'ready'];
/** The persona's card: `GET /v1/personas/{owner}/{repo}/{login}`. */
const PersonaStatus = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    owner: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    repository: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    login: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    state: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(personaStates),
    // Open like every answer, unlike the consent of a request.
    consent: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc(Consent.partial().shape).nullable(),
    comments: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
    silences: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(0),
    window: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ from: When, to: When }).nullable(),
    /** When its history was last read to the end. */
    readAt: When.nullable().optional(),
    /** A collection that was begun and not ended. */
    collection: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ session: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), cursor: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), comments: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr() }).nullable(),
    style: StyleProfile.nullable(),
    training: TrainingStatus.nullable(),
    /** Of the model that is served now; newest first. */
    versions: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(AdapterVersion),
    /** Whether this server trains at all. */
    trains: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY(),
    /** False: this server runs no model, so no persona speaks on it. Absent where that is not known, as while it starts. */
    hasModel: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY().optional(),
    /** Path of the card's page on the server, or its whole address where the server knows that; null before there is a consent. */
    card: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().nullable(),
});
/** `POST …/promotion`: one version takes all pull requests, or the one before it comes back. */
const PromotionRequest = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    ...About,
    to: zod__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([AdapterName, zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('previous'), zod__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .euz('none')]),
});
/** What was done by `DELETE …`: counted, so that the person can be told. */
const Forgotten = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ comments: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), versions: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(), cancelled: zod__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zMY() });


/***/ }),

/***/ 5549:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  livePersona: () => (/* binding */ livePersona)
});

// EXTERNAL MODULE: ./src/github/change/run-git.ts
var run_git = __webpack_require__(3736);
// EXTERNAL MODULE: ./runner/protocol/src/persona.ts
var src_persona = __webpack_require__(9667);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
// EXTERNAL MODULE: ./src/roles.ts
var roles = __webpack_require__(554);
// EXTERNAL MODULE: ./src/github/client/translate-error.ts
var translate_error = __webpack_require__(1366);
;// CONCATENATED MODULE: ./src/github/history/find-account.ts




const Account = schemas/* object */.Ikc({ id: schemas/* int */.Whr().min(1), login: src_persona/* Login */.az, type: schemas/* string */.YjP() });
const readingAccount = { doing: 'looking for the account of a lead', permission: 'metadata: read' };
/** The person's account with this login; null where there is none, or a bot or an organisation goes by it. */
function findAccount(octokit, login) {
    return (0,translate_error/* translating */.GN)(readingAccount, async () => {
        if (!src_persona/* Login */.az.safeParse(login).success)
            return null;
        try {
            const { data } = await octokit.rest.users.getByUsername({ username: login });
            const account = Account.safeParse(data);
            if (!account.success)
                return null;
            const { id, type, ...named } = account.data;
            return (0,roles/* isBotAccount */.R)({ kind: type, ...named }) ? null : { id, ...named };
        }
        catch (error) {
            if ((0,translate_error/* asHttpError */.No)(error)?.status === 404)
                return null;
            throw error;
        }
    });
}

;// CONCATENATED MODULE: ./src/github/history/local-renames.ts
/** `R<likeness> NUL <old> NUL <new> NUL`, and so on: https://git-scm.com/docs/git-diff#_raw_output_format */
const rename = /R\d{1,3}\0([^\0]+)\0([^\0]+)\0/g;
const options = ['--name-status', '-z', '--no-ext-diff', '--no-textconv', '--find-renames', '--diff-filter=R'];
/** Tells under what name a later commit has a file, by one run of git for each pair of commits. */
function createLocalRenames(git) {
    const known = new Map();
    return async ({ commit, path }, later) => {
        if (git === null || commit === later)
            return null;
        const pair = `${commit} ${later}`;
        const renames = known.get(pair) ?? renamesOf(git, commit, later);
        known.set(pair, renames);
        return (await renames).get(path) ?? null;
    };
}
async function renamesOf(git, commit, later) {
    const answer = await git(['diff', ...options, commit, later, '--']);
    const rows = (answer?.toString('utf8') ?? '').matchAll(rename);
    return new Map([...rows].map(([, before = '', after = '']) => [before, after]));
}

// EXTERNAL MODULE: ./src/github/change/local-blobs.ts
var local_blobs = __webpack_require__(5602);
// EXTERNAL MODULE: ./src/github/change/read-blob.ts
var read_blob = __webpack_require__(6244);
// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
// EXTERNAL MODULE: ./src/github/client/graphql-errors.ts
var graphql_errors = __webpack_require__(6352);
// EXTERNAL MODULE: ./src/github/client/is-without-graphql.ts
var is_without_graphql = __webpack_require__(7650);
;// CONCATENATED MODULE: ./src/github/history/ask-graphql.ts





/** How often a question is asked whose answer is none: cut off, or a failure of the moment. */
const mostTries = 3;
const ofTheMoment = /something went wrong|tim(?:ed? ?out|eout)|internal (?:server )?error|try again/i;
/** As GitHub names what it failed on: `["repository", "p3", …]`. */
const Failure = schemas/* object */.Ikc({
    data: schemas/* unknown */.L5J(),
    errors: schemas/* array */.YOg(schemas/* object */.Ikc({
        type: schemas/* string */.YjP().nullish(),
        path: schemas/* tuple */.PVZ([schemas/* string */.YjP(), schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* int */.Whr()])]).rest(schemas/* unknown */.L5J()),
    })),
});
/** Asks GraphQL. A limit that was not worth waiting for, and the end of the run, are thrown as ReviewErrors. */
async function askGraphql(octokit, question) {
    for (let tries = 1; tries <= mostTries; tries++) {
        const answer = await askOnce(octokit, question);
        if (answer !== null)
            return answer;
    }
    const { doing } = question.operation;
    const error = new errors/* ReviewError */.Z('github-unavailable', `GitHub's answer was broken while ${doing}.`, {
        hint: 'Run the job again; see the status page of GitHub if it stays so.',
        retryable: true,
    });
    return { kind: 'too-much', error, isBySize: false };
}
/** Null for an answer that is worth asking for again at once. */
async function askOnce(octokit, { query, variables, shape, operation }) {
    try {
        const answer = shape.safeParse(await octokit.query(query, variables));
        return answer.success ? { kind: 'told', data: answer.data, failed: new Set() } : null;
    }
    catch (error) {
        if (!(0,is_without_graphql/* isWithoutGraphql */.m)(error))
            throw (0,translate_error/* translateError */.ZO)(error, operation);
        if ((0,graphql_errors/* isTooMuchAtOnce */.eW)(error)) {
            return { kind: 'too-much', error: (0,translate_error/* translateError */.ZO)(error, operation), isBySize: true };
        }
        return partIn(error, shape) ?? refusalIn(error, operation);
    }
}
/** What GitHub told beside its errors, where it says which parts those are of. */
function partIn(error, shape) {
    const failure = Failure.safeParse(error);
    if (!failure.success)
        return null;
    const data = shape.safeParse(failure.data.data);
    if (!data.success)
        return null;
    const failed = failure.data.errors.filter(({ type }) => type !== 'NOT_FOUND');
    return { kind: 'told', data: data.data, failed: new Set(failed.map(({ path }) => String(path[1]))) };
}
function refusalIn(error, operation) {
    const translated = (0,translate_error/* translateError */.ZO)(error, operation);
    const errors = (0,graphql_errors/* asGraphqlErrors */.J6)(error);
    if (errors?.some(({ message }) => ofTheMoment.test(message)))
        return null;
    const isDown = ((0,translate_error/* asHttpError */.No)(error)?.status ?? 0) >= 500;
    if (isDown)
        return { kind: 'too-much', error: translated, isBySize: false };
    if (translated.retryable)
        throw translated;
    return { kind: 'unusable' };
}

;// CONCATENATED MODULE: ./src/github/history/query-texts.ts


function nameOf({ commit, path }) {
    return `${commit}:${path}`;
}
const readingTexts = { doing: 'reading files at past commits', permission: 'contents: read' };
/** `t…` are files, `c…` their commits: a file of a commit that GitHub has no more is null as well. */
const Part = schemas/* object */.Ikc({
    text: schemas/* string */.YjP().nullish(),
    isBinary: schemas/* boolean */.zMY().nullish(),
    isTruncated: schemas/* boolean */.zMY().nullish(),
});
const Answer = schemas/* object */.Ikc({ repository: schemas/* record */.g1P(schemas/* string */.YjP(), Part.nullable()) });
/** Files in one request: GitHub answers in ten seconds or not at all. */
const mostAtOnce = 50;
/** Files that GitHub may fail on one by one, with no other answered, before it is taken to be down. */
const mostAlone = 2;
/**
 * Texts at commits, in batches. A batch that GitHub's servers fail on is asked for in halves, and a file that they fail
 * on alone is left absent; where they answer nothing at all the error is the caller's, who comes back later.
 */
async function queryTexts(host, places) {
    const told = { texts: new Map(), answers: 0, failures: 0 };
    for (let start = 0; start < places.length; start += mostAtOnce) {
        const error = await askFor(host, places.slice(start, start + mostAtOnce), told);
        if (error !== null && told.answers === 0)
            throw error;
    }
    return told.texts;
}
/** Gives back why a file was not told. */
async function askFor(host, places, told) {
    const answer = await ask(host, places);
    if (answer.kind !== 'too-much') {
        told.answers += 1;
        if (answer.kind === 'told')
            addTexts(told.texts, places, answer);
        return null;
    }
    if (places.length > 1) {
        const half = Math.ceil(places.length / 2);
        const first = await askFor(host, places.slice(0, half), told);
        return (await askFor(host, places.slice(half), told)) ?? first;
    }
    told.failures += 1;
    if (told.answers === 0 && told.failures >= mostAlone)
        throw answer.error;
    return answer.error;
}
function ask({ octokit, repository }, places) {
    const commits = commitsOf(places);
    const parameters = [
        ...places.map((_, index) => `$t${index}: String!`),
        ...commits.map((_, index) => `$c${index}: GitObjectID!`),
    ];
    const parts = [
        ...places.map((_, index) => `t${index}: object(expression: $t${index}) { ...content }`),
        ...commits.map((_, index) => `c${index}: object(oid: $c${index}) { __typename }`),
    ];
    const query = `query ($owner: String!, $name: String!, ${parameters.join(', ')}) {
    repository(owner: $owner, name: $name) { ${parts.join(' ')} }
  }
  fragment content on Blob { text isBinary isTruncated }`;
    const variables = {
        owner: repository.owner,
        name: repository.name,
        ...Object.fromEntries(places.map((place, index) => [`t${index}`, nameOf(place)])),
        ...Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit])),
    };
    return askGraphql(octokit, { query, variables, shape: Answer, operation: readingTexts });
}
function commitsOf(places) {
    return [...new Set(places.map(({ commit }) => commit))];
}
function addTexts(texts, places, { data, failed }) {
    const commits = new Map(commitsOf(places).map((commit, index) => [commit, data.repository[`c${index}`]]));
    for (const [index, place] of places.entries()) {
        const file = data.repository[`t${index}`];
        const isCommitThere = Boolean(commits.get(place.commit));
        if (file === undefined || failed.has(`t${index}`))
            continue;
        if (file === null && isCommitThere)
            texts.set(nameOf(place), null);
        else if (file !== null && isReadable(file))
            texts.set(nameOf(place), file.text);
    }
}
function isReadable(file) {
    return file.isBinary !== true && file.isTruncated !== true && typeof file.text === 'string';
}

;// CONCATENATED MODULE: ./src/github/history/local-texts.ts



/** A file beyond this is not looked at. */
const mostBytes = 512_000;
const commitName = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
/** Git reads a name to the end of the line, and takes these for paths relative to a working tree. */
const unaskable = /[\r\n\0\uFFFD]|^\.{0,2}\//;
/** Texts at commits that the checkout holds, by three runs of git for all of them; other commits' are absent. */
async function readLocalTexts(git, places) {
    const texts = new Map();
    const asked = places.filter(({ commit, path }) => commitName.test(commit) && !unaskable.test(path));
    const questions = asked.flatMap((place) => [`${place.commit}^{commit}`, nameOf(place)]);
    if (questions.length === 0)
        return texts;
    const answer = await git(['cat-file', '--batch-check'], questions.map((line) => `${line}\n`).join(''));
    const found = entriesIn(answer?.toString('utf8') ?? '', asked);
    const contents = await (0,local_blobs/* readBlobs */.b)(git, [...found.values()].filter((blob) => blob !== null), mostBytes);
    for (const [name, blob] of found) {
        const bytes = blob === null ? null : contents.get(blob);
        const text = bytes === undefined || bytes === 'too-large' ? null : (0,read_blob/* decodeText */.g7)(bytes);
        // A file that is there and cannot be read is left absent: nobody can tell what it says.
        if (text !== null || blob === null)
            texts.set(name, text);
    }
    return texts;
}
/** Names of blobs, null where a commit that is there holds no such file. One line answers each question, in order. */
function entriesIn(answer, asked) {
    const found = new Map();
    const lines = answer.split('\n');
    if (lines.length !== asked.length * 2 + 1)
        return found;
    for (const [index, place] of asked.entries()) {
        const [commit = '', entry = ''] = lines.slice(2 * index, 2 * index + 2);
        const blob = /^([0-9a-f]+) blob \d+$/.exec(entry)?.[1];
        const isCommitThere = /^[0-9a-f]+ commit \d+$/.test(commit);
        if (isCommitThere && (blob !== undefined || entry.endsWith(' missing')))
            found.set(nameOf(place), blob ?? null);
    }
    return found;
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/iso.js
var iso = __webpack_require__(4377);
// EXTERNAL MODULE: ./src/github/client/github-objects.ts
var github_objects = __webpack_require__(2897);
;// CONCATENATED MODULE: ./src/github/history/own-commit.ts




const own_commit_Account = schemas/* object */.Ikc({ id: schemas/* int */.Whr(), login: schemas/* string */.YjP() }).nullish().catch(null);
const ListedCommit = schemas/* object */.Ikc({
    sha: github_objects/* Sha */.$R,
    commit: schemas/* object */.Ikc({
        committer: schemas/* object */.Ikc({ date: iso/* datetime */.w$({ offset: true }) }).nullable(),
        verification: schemas/* object */.Ikc({ verified: schemas/* boolean */.zMY() }).nullish(),
    }),
    author: own_commit_Account,
    committer: own_commit_Account,
    parents: schemas/* array */.YOg(schemas/* object */.Ikc({ sha: github_objects/* Sha */.$R })),
});
/** Commits to the policy by one person that are looked at, the newest first. */
const mostCommits = 100;
/** GitHub itself, which commits for whoever edits or merges on its pages, and signs. */
const webCommitter = 'web-flow';
const readingConsent = { doing: 'looking for the consent of a lead', permission: 'contents: read' };
const readingMerge = {
    doing: 'looking for who merged the consent of a lead',
    permission: 'pull-requests: read',
};
/**
 * The newest commit by which the person put themselves into the policy; null where there is none. A signature vouches for
 * the committer and not for the author, so both must be the person, or the committer GitHub's own pages. A pull request
 * that is squashed there has its opener for author, whoever pushed to its branch: it counts where the person merged it.
 */
function findOwnCommit(options, person, policy) {
    return (0,translate_error/* translating */.GN)(readingConsent, async () => {
        const own = (await listCommits(options, person.login, policy)).filter((row) => isOwn(row, person.id));
        const texts = await options.texts(placesOf(own, policy.path));
        const lists = (commit) => {
            const text = texts.get(nameOf({ commit, path: policy.path }));
            return text === undefined ? null : text !== null && policy.lists(text);
        };
        const adding = own.filter(({ sha, parents }) => lists(sha) === true && parents.every((parent) => lists(parent.sha) === false));
        for (const { sha, commit, committer } of adding) {
            const date = commit.committer?.date;
            if (date === undefined)
                continue;
            const isByHand = committer?.id === person.id || (await isMergedBy(options, sha, person.id));
            if (isByHand)
                return { kind: 'commit', reference: sha, at: new Date(date).toISOString() };
        }
        return null;
    });
}
/** Whether a commit of GitHub's own pages is the person's doing: no merge at all, or one that they pressed themselves. */
function isMergedBy({ octokit, repository }, sha, id) {
    const place = { owner: repository.owner, repo: repository.name };
    return (0,translate_error/* translating */.GN)(readingMerge, async () => {
        const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
            ...place,
            commit_sha: sha,
        });
        for (const { number, merge_commit_sha: merge } of data) {
            if (merge !== sha)
                continue;
            const { data: pull } = await octokit.rest.pulls.get({ ...place, pull_number: number });
            if (pull.merged_by?.id !== id)
                return false;
        }
        return true;
    });
}
async function listCommits({ octokit, repository }, author, { path, ref }) {
    try {
        const { data } = await octokit.rest.repos.listCommits({
            owner: repository.owner,
            repo: repository.name,
            sha: ref,
            path,
            author,
            per_page: mostCommits,
        });
        return data.flatMap((row) => {
            const parsed = ListedCommit.safeParse(row);
            return parsed.success ? [parsed.data] : [];
        });
    }
    catch (error) {
        const status = (0,translate_error/* asHttpError */.No)(error)?.status;
        // An empty repository has no commits, and a branch may be gone.
        if (status === 404 || status === 409 || status === 422)
            return [];
        throw error;
    }
}
function isOwn({ author, committer, commit }, id) {
    const isCommitter = committer?.id === id || committer?.login === webCommitter;
    return author?.id === id && isCommitter && commit.verification?.verified === true;
}
function placesOf(commits, path) {
    const shas = commits.flatMap(({ sha, parents }) => [sha, ...parents.map((parent) => parent.sha)]);
    return [...new Set(shas)].map((commit) => ({ commit, path }));
}

// EXTERNAL MODULE: ./src/diff/parse-diff.ts + 4 modules
var parse_diff = __webpack_require__(6199);
// EXTERNAL MODULE: ./src/github/change/list-changed-files.ts + 1 modules
var list_changed_files = __webpack_require__(7039);
// EXTERNAL MODULE: ./src/github/client/rate-limit.ts
var rate_limit = __webpack_require__(1875);
;// CONCATENATED MODULE: ./src/github/history/past-diff.ts







const Comparison = schemas/* object */.Ikc({ files: schemas/* array */.YOg(schemas/* unknown */.L5J()).nullish() });
/** Without a checkout a diff is a request of its own, so there are few, and only while many are left. */
const limits = { requests: 40, leave: 300 };
const readingDiff = { doing: 'reading past diffs', permission: 'contents: read' };
/** Reads what a commit changed, from the checkout where it holds the commits, else for some from GitHub. */
function createPastDiff({ octokit, repository, git, budget }) {
    const local = git === null ? null : localDiffs(git);
    let asked = 0;
    return async (base, commit) => {
        const found = await local?.(base, commit);
        if (found)
            return (0,parse_diff/* parseDiff */.F)(found).files;
        if (asked >= limits.requests || budget.left() < limits.leave)
            return null;
        asked++;
        return await (0,translate_error/* translating */.GN)(readingDiff, async () => {
            try {
                const { data, headers } = await octokit.rest.repos.compareCommitsWithBasehead({
                    owner: repository.owner,
                    repo: repository.name,
                    basehead: `${base}...${commit}`,
                    per_page: 1,
                });
                budget.note(headers);
                return filesIn(data);
            }
            catch (error) {
                // A commit that was pushed over may be gone, and on a large diff GitHub fails each time.
                const http = (0,translate_error/* asHttpError */.No)(error);
                if (http?.response !== undefined && !(0,rate_limit/* isRateLimit */.a)(http))
                    return null;
                throw error;
            }
        });
    };
}
/** One run of git for each diff: there are hundreds. Null for commits that the checkout lacks. */
function localDiffs(git) {
    let isWhole = null;
    return async (base, commit) => {
        isWhole ??= git(['rev-parse', '--is-shallow-repository']).then((answer) => answer?.toString('latin1').trim() === 'false');
        // The history of a shallow clone is cut, so its merge base may be wrong.
        return (await isWhole) ? await git(['diff', ...run_git/* diffOptions */.sx, `${base}...${commit}`, '--']) : null;
    };
}
function filesIn(answer) {
    const comparison = Comparison.safeParse(answer);
    if (!comparison.success)
        return null;
    return (comparison.data.files ?? []).flatMap((row) => {
        const listed = github_objects/* ListedFile */.qp.safeParse(row);
        const file = listed.success ? (0,list_changed_files/* toFileDiff */.P)(listed.data) : null;
        return file === null || 'reason' in file ? [] : [file];
    });
}

// EXTERNAL MODULE: ./src/github/client/pages-of.ts
var pages_of = __webpack_require__(8837);
;// CONCATENATED MODULE: ./src/github/history/listed-comment.ts



const Side = schemas/* enum */.k5n(['LEFT', 'RIGHT']);
// What a comment is kept without is read leniently: one odd field must not cost the comment.
const LineNumber = schemas/* int */.Whr().min(1).nullish().catch(null);
/** Accounts of people that machines write under. */
const machineLogin = /[-_]bot$|^bot[-_]/i;
/** A row of `GET /repos/{owner}/{repo}/pulls/comments`, as far as it is used. */
const Row = schemas/* object */.Ikc({
    id: schemas/* int */.Whr().min(1),
    node_id: schemas/* string */.YjP().max(200),
    // Null once the account is gone.
    user: schemas/* object */.Ikc({ id: schemas/* int */.Whr(), login: schemas/* string */.YjP().max(100), type: schemas/* string */.YjP() }).nullable(),
    body: schemas/* string */.YjP(),
    path: schemas/* string */.YjP().min(1).max(4096),
    diff_hunk: schemas/* string */.YjP().catch(''),
    original_commit_id: github_objects/* Sha */.$R,
    original_line: LineNumber,
    original_start_line: LineNumber,
    side: Side.nullish().catch(null),
    start_side: Side.nullish().catch(null),
    subject_type: schemas/* string */.YjP().nullish().catch(null),
    in_reply_to_id: schemas/* int */.Whr().nullish(),
    created_at: iso/* datetime */.w$(),
    updated_at: iso/* datetime */.w$(),
    pull_request_url: schemas/* string */.YjP().regex(/\/pulls\/[1-9]\d{0,8}$/),
    reactions: schemas/* object */.Ikc({ '+1': schemas/* int */.Whr().min(0), '-1': schemas/* int */.Whr().min(0) })
        .nullish()
        .catch(null),
});
/** Rows of an answer; one that is no comment as GitHub describes it is left out. */
function listedComments(answer) {
    const rows = Array.isArray(answer) ? answer : [];
    return rows.flatMap((row) => {
        const parsed = Row.safeParse(row);
        return parsed.success ? [fromRow(parsed.data)] : [];
    });
}
function fromRow(row) {
    const { user, side, start_side, original_start_line } = row;
    const isOneSided = start_side === undefined || start_side === null || start_side === (side ?? 'RIGHT');
    return {
        id: row.id,
        nodeId: row.node_id,
        pullRequest: Number(row.pull_request_url.slice(row.pull_request_url.lastIndexOf('/') + 1)),
        author: user === null ? null : { id: user.id, login: user.login, isPerson: isPerson(user) },
        body: row.body,
        path: row.path,
        hunk: row.diff_hunk,
        commit: row.original_commit_id,
        line: row.original_line ?? null,
        startLine: isOneSided ? (original_start_line ?? null) : null,
        side: side ?? 'RIGHT',
        isOnFile: row.subject_type === 'file',
        repliesTo: row.in_reply_to_id ?? null,
        at: row.created_at,
        isTouched: row.updated_at !== row.created_at,
        up: row.reactions?.['+1'] ?? 0,
        down: row.reactions?.['-1'] ?? 0,
    };
}
function isPerson({ login, type }) {
    return !(0,roles/* isBotAccount */.R)({ kind: type, login }) && !machineLogin.test(login);
}

;// CONCATENATED MODULE: ./src/github/history/comment-pages.ts




const longestEtag = 200;
/** How often a page is asked for whose answer is none: a gateway's own page, or one that was cut off. */
const comment_pages_mostTries = 3;
const readingComments = { doing: 'reading past review comments', permission: 'pull-requests: read' };
/** A page of all review comments of the repository, the newest first. */
async function fetchCommentPage(listing, page) {
    return (await fetchChangedPage(listing, page, null)) ?? lastPage;
}
/** The same; null where it is what `etag` names. */
function fetchChangedPage(listing, page, etag) {
    return (0,translate_error/* translating */.GN)(readingComments, async () => {
        try {
            for (let tries = 1; tries <= comment_pages_mostTries; tries++) {
                const found = await askForPage(listing, page, etag);
                if (found !== null)
                    return found;
            }
        }
        catch (error) {
            const http = (0,translate_error/* asHttpError */.No)(error);
            if (http?.status === 304)
                return null;
            // What lies further back than GitHub tells is as good as gone.
            if (page > 1 && http?.status === 422 && /pagination is limited/i.test(http.message))
                return lastPage;
            throw error;
        }
        throw new errors/* ReviewError */.Z('github-unavailable', `GitHub's answer was broken while ${readingComments.doing}.`, {
            hint: 'Run the job again; check the proxy of the runner if it stays so.',
            retryable: true,
        });
    });
}
const lastPage = { comments: [], etag: null, isEmpty: true, isLast: true };
/** Null for an answer that is no listing, whatever its status says. */
async function askForPage({ octokit, repository, budget }, page, etag) {
    const { data, headers } = await octokit.rest.pulls.listReviewCommentsForRepo({
        owner: repository.owner,
        repo: repository.name,
        sort: 'created',
        direction: 'desc',
        per_page: pages_of/* perPage */.xP,
        page,
        ...(etag === null ? {} : { headers: { 'if-none-match': etag } }),
    });
    budget.note(headers);
    if (!Array.isArray(data))
        return null;
    const named = headers.etag ?? '';
    return {
        comments: listedComments(data),
        etag: named === '' || named.length > longestEtag ? null : named,
        isEmpty: data.length === 0,
        isLast: !(0,pages_of/* hasNext */.oy)({ data, headers }),
    };
}

;// CONCATENATED MODULE: ./src/github/history/history-cursor.ts





const When = iso/* datetime */.w$();
const Count = schemas/* int */.Whr().min(0).max(10_000_000);
const longestSpoken = 40;
const cursorVersion = 2;
/** A pull request that the person commented on and that older comments may still belong to. */
const SeenPull = schemas/* strictObject */.rej({
    number: schemas/* int */.Whr().min(1),
    /** The last commit that they commented on, and when. */
    commit: github_objects/* Sha */.$R,
    at: When,
    /** Names of the places where they said something. */
    spoken: schemas/* array */.YOg(schemas/* string */.YjP().regex(/^[0-9a-f]{12}$/)).max(longestSpoken),
});
const Cursor = schemas/* strictObject */.rej({
    version: schemas/* literal */.euz(cursorVersion),
    person: schemas/* int */.Whr().min(1),
    isDone: schemas/* boolean */.zMY(),
    /** The page that is read next. */
    page: schemas/* int */.Whr().min(1).max(100_000),
    /** Of the page that was read last: when its newest comment was written, null at the start; all its numbers; its name. */
    at: When.nullable(),
    ids: schemas/* array */.YOg(schemas/* int */.Whr().min(1)).max(pages_of/* perPage */.xP),
    etag: schemas/* string */.YjP().max(longestEtag).nullable(),
    /** Pull requests that were met, ascending, as differences in base 36. */
    met: schemas/* string */.YjP()
        .max(16_000)
        .regex(/^[0-9a-z ]*$/),
    comments: Count,
    colleagues: Count,
    silences: Count,
    seen: schemas/* array */.YOg(SeenPull).max(1000),
});
/** Before anything was read. */
function firstPosition(person) {
    return {
        person,
        isDone: false,
        page: 1,
        at: null,
        ids: [],
        etag: null,
        met: new Set(),
        comments: 0,
        colleagues: 0,
        silences: 0,
        seen: [],
    };
}
/**
 * A position as text of at most 32,768 characters. What does not fit is pull requests that may still be commented, those
 * met first: their silences are not counted.
 */
function formatCursor({ met, seen, ...position }) {
    const bounded = seen.filter(({ spoken }) => spoken.length <= longestSpoken).slice(-1000);
    const write = (kept) => JSON.stringify({
        version: cursorVersion,
        ...position,
        met: packed(met),
        seen: kept,
    });
    let text = write(bounded);
    for (let kept = bounded; text.length > src_persona/* personaLimits */.lp.cursor && kept.length > 0;) {
        kept = kept.slice(Math.ceil(kept.length / 10));
        text = write(kept);
    }
    return text;
}
/** The position that a cursor tells; the first one for a text that is no cursor of ours, or another person's. */
function parseCursor(text, person) {
    const cursor = Cursor.safeParse(json(text));
    const met = cursor.success ? unpacked(cursor.data.met) : null;
    if (!cursor.success || met === null || cursor.data.person !== person)
        return firstPosition(person);
    const { version: _, ...position } = cursor.data;
    return { ...position, met };
}
function json(text) {
    if (text.length > src_persona/* personaLimits */.lp.cursor)
        return null;
    try {
        return JSON.parse(text);
    }
    catch {
        return null;
    }
}
function packed(numbers) {
    let last = 0;
    const steps = [...numbers]
        .sort((a, b) => a - b)
        .map((number) => {
        const step = number - last;
        last = number;
        return step.toString(36);
    });
    return steps.join(' ');
}
function unpacked(text) {
    const numbers = new Set();
    let last = 0;
    for (const step of text === '' ? [] : text.split(' ')) {
        const more = Number.parseInt(step, 36);
        last += more;
        if (!(more > 0) || !Number.isSafeInteger(last))
            return null;
        numbers.add(last);
    }
    return numbers.size > src_persona/* personaLimits */.lp.pullRequests ? null : numbers;
}

;// CONCATENATED MODULE: ./src/github/history/reading-place.ts

/** Pages that are looked back for the place where reading stopped, where comments were deleted since. */
const mostStepsBack = 20;
function trailFrom({ ids, at }) {
    return { ids: new Set(ids), isBegun: false, isLooking: at !== null };
}
/**
 * The page to go on from. Comments that came since have moved the rest to later pages, where what was read is passed
 * over; where some were deleted the rest has moved to earlier ones, so they are looked at until one that was read stands
 * on them.
 */
async function pageToGoOnFrom(listing, position) {
    const { page, at, etag } = position;
    if (at === null || page === 1)
        return 1;
    for (let back = page - 1; back > Math.max(1, page - mostStepsBack); back--) {
        const found = await fetchChangedPage(listing, back, back === page - 1 ? etag : null);
        if (found === null)
            return page;
        if (isBehindStart(found.comments, position))
            return back;
    }
    return Math.max(1, page - mostStepsBack);
}
function isBehindStart(comments, { ids, at }) {
    const isNewer = (comment) => at !== null && comment.at > at;
    return comments.some(({ id }) => ids.includes(id)) || (comments.length > 0 && comments.every(isNewer));
}
/**
 * The comments of a page that were not read yet. Within one run they are told by their numbers alone, as GitHub's order
 * need not be that of their times. What another run has read lies before the last number that is known of it; until one
 * is met, it is what is newer than all on the page that was read last.
 */
function notRead(comments, trail, { at }) {
    const isFresh = ({ id }) => !trail.ids.has(id);
    if (!trail.isLooking)
        return comments.filter(isFresh);
    const lastKnown = comments.findLastIndex(({ id }) => trail.ids.has(id));
    const fresh = lastKnown >= 0
        ? comments.slice(lastKnown + 1)
        : comments.filter((comment) => at === null || comment.at <= at);
    if (lastKnown >= 0 || fresh.length > 0)
        trail.isLooking = false;
    return fresh;
}

;// CONCATENATED MODULE: ./src/github/history/request-budget.ts

/** What one reading may ask of GitHub. A workflow's token has 1,000 an hour, which all workflows of a repository share. */
const request_budget_limits = {
    requests: 900,
    /** What is left to the others, and to this run's own review. */
    reserve: 80,
};
function createRequestBudget({ requestCount }, most = request_budget_limits.requests) {
    const first = requestCount();
    let told = null;
    const spent = () => requestCount() - first;
    return {
        spent,
        left() {
            const ofToken = told === null ? most : told.remaining - (spent() - told.at) - request_budget_limits.reserve;
            return Math.max(0, Math.min(most - spent(), ofToken));
        },
        note(headers) {
            const remaining = Number.parseInt(String(headers['x-ratelimit-remaining']), 10);
            if (Number.isSafeInteger(remaining))
                told = { remaining, at: spent() };
        },
    };
}
function outOfRequests(pullRequests) {
    return new errors/* ReviewError */.Z('github-rate-limited', `The requests of this hour are used up; the comments of ${pullRequests} pull requests have been read so far.`, {
        hint: 'Give the command again in an hour: reading goes on where it stopped.',
        retryable: true,
    });
}

;// CONCATENATED MODULE: ./src/github/history/take-batch.ts






/** What is read before it is weighed: enough that texts are asked for in full batches, little enough to hold. */
const batchLimits = { pages: 20, comments: 100 };
/** Requests that the texts of a batch may take. */
const forTexts = 16;
/** Pages without a comment, one after the other, behind which there is nothing whatever GitHub says. */
const mostEmpty = 3;
/** Reads pages until enough of the person's own comments are there, the listing ends or a limit is reached. */
async function takeBatch(listing, from, trail) {
    const comments = [];
    let position = from;
    let [own, empty] = [0, 0];
    for (let pages = 0; pages < batchLimits.pages && own < batchLimits.comments && !position.isDone; pages++) {
        try {
            if (listing.budget.left() <= forTexts)
                throw outOfRequests(position.met.size);
            position = await placed(listing, position, trail);
            const page = await fetchCommentPage(listing, position.page);
            const read = readPage(page, trail, position);
            own += read.own;
            comments.push(...read.comments);
            empty = page.isEmpty ? empty + 1 : 0;
            position = empty === mostEmpty ? { ...read.position, isDone: true } : read.position;
        }
        catch (error) {
            if (!(error instanceof errors/* ReviewError */.Z) || pages === 0 || !error.retryable)
                throw error;
            return { comments, position, stop: error };
        }
    }
    return { comments, position, stop: null };
}
async function placed(listing, position, trail) {
    if (trail.isBegun)
        return position;
    const page = await pageToGoOnFrom(listing, position);
    trail.isBegun = true;
    return { ...position, page };
}
function readPage(page, trail, position) {
    const met = new Set(position.met);
    const comments = [];
    let own = 0;
    for (const comment of notRead(page.comments, trail, position)) {
        if (met.size >= src_persona/* personaLimits */.lp.pullRequests && !met.has(comment.pullRequest)) {
            return { comments, own, position: { ...position, met, isDone: true } };
        }
        met.add(comment.pullRequest);
        const isOwn = comment.author?.id === position.person;
        if (isOwn)
            own++;
        comments.push(isOwn ? comment : lightened(comment, position));
    }
    // Pages of what came since are no place that an earlier run knows.
    const place = trail.isLooking ? {} : placeOf(page, position);
    if (!trail.isLooking)
        for (const { id } of page.comments)
            trail.ids.add(id);
    return {
        comments,
        own,
        position: {
            ...position,
            ...place,
            met,
            page: position.page + 1,
            etag: page.etag,
            isDone: page.isLast,
        },
    };
}
/** What is needed of others' comments, of which there are tens of thousands. */
function lightened(comment, { colleagues }) {
    const isRead = comment.repliesTo !== null || colleagues < src_persona/* personaLimits */.lp.colleagues;
    return { ...comment, hunk: '', ...(isRead ? {} : { body: '' }) };
}
/** By what the page is known again; by the one before where it is empty. */
function placeOf({ comments }, { at, ids }) {
    const times = comments.map((comment) => comment.at).sort();
    const named = comments.slice(-pages_of/* perPage */.xP).map(({ id }) => id);
    return { at: times.at(-1) ?? at, ids: named.length === 0 ? ids : named };
}

;// CONCATENATED MODULE: ./src/github/history/past-comments.ts


/** Comments whose texts are held at once: each takes up to two. */
const atOnce = 50;
/** Adds to comments what stood around them, and what became of it. */
async function pastComments(host, kept, pulls) {
    const past = [];
    for (let start = 0; start < kept.length; start += atOnce) {
        const group = kept.slice(start, start + atOnce);
        const texts = await withRenamed(host, group, { pulls, texts: await host.texts(past_comments_placesOf(group, pulls)) });
        past.push(...group.flatMap((one) => pastComment(host, one, { pull: pulls.get(one.comment.pullRequest), texts })));
    }
    return past;
}
function past_comments_placesOf(group, pulls) {
    const places = group.flatMap(({ comment: { side, commit, path, pullRequest } }) => {
        if (side === 'LEFT')
            return [];
        const head = pulls.get(pullRequest)?.head ?? commit;
        return [
            { commit, path },
            { commit: head, path },
        ];
    });
    return [...new Map(places.map((place) => [nameOf(place), place])).values()];
}
/** The same, with what a file that the pull request renamed holds at its end under the name that it had. */
async function withRenamed(host, group, { pulls, texts }) {
    const places = new Map();
    for (const { comment } of group) {
        const { commit, path, pullRequest } = comment;
        const head = pulls.get(pullRequest)?.head ?? commit;
        const old = nameOf({ commit: head, path });
        const isGone = texts.get(old) === null && typeof texts.get(nameOf({ commit, path })) === 'string';
        const found = isGone ? await host.renamed({ commit, path }, head) : null;
        if (found !== null)
            places.set(old, { commit: head, path: found });
    }
    if (places.size === 0)
        return texts;
    const told = await host.texts([...places.values()]);
    const all = new Map(texts);
    for (const [old, place] of places) {
        const text = told.get(nameOf(place));
        if (text === undefined)
            all.delete(old);
        else
            all.set(old, text);
    }
    return all;
}
function pastComment({ rules }, { comment, body }, { pull, texts }) {
    const { id, pullRequest, path, side, commit, at, up, down } = comment;
    const line = comment.line ?? rules.lastLineOf(comment.hunk)?.[side] ?? 0;
    if (line < 1)
        return [];
    const startLine = comment.startLine !== null && comment.startLine < line ? comment.startLine : null;
    const lines = { startLine: startLine ?? line, line };
    const before = side === 'LEFT' ? undefined : texts.get(nameOf({ commit, path }));
    const hasText = typeof before === 'string';
    return [
        {
            ...{ id, pullRequest, path, side, line, commit, at, body, up, down },
            ...(startLine === null ? {} : { startLine }),
            hunk: rules.cleanHunk(comment.hunk, src_persona/* personaLimits */.lp.hunk),
            ...(hasText ? rules.contextOf(before, lines) : rules.noContext),
            ...outcome({ hasText, before: before ?? '', pull, texts }, () => ({ rules, comment, lines })),
        },
    ];
}
/** Lines that are as they were tell nothing while the pull request is open, or where it was closed without a merge. */
function outcome({ hasText, before, pull, texts }, asked) {
    const { rules, comment, lines } = asked();
    const after = pull === undefined ? undefined : texts.get(nameOf({ commit: pull.head, path: comment.path }));
    if (!hasText || pull === undefined || after === undefined)
        return { addressed: 'unknown' };
    const found = rules.outcomeOf({ ...lines, before, after });
    return found.addressed === 'no' && !pull.isMerged ? { addressed: 'unknown' } : found;
}

;// CONCATENATED MODULE: ./src/github/history/query-pulls.ts




const query_pulls_mostAtOnce = 100;
const query_pulls_Account = schemas/* object */.Ikc({ databaseId: schemas/* int */.Whr().nullish(), login: schemas/* string */.YjP().nullish() }).nullish();
const Pull = schemas/* object */.Ikc({
    number: schemas/* int */.Whr(),
    headRefOid: github_objects/* Sha */.$R,
    baseRefOid: github_objects/* Sha */.$R,
    createdAt: iso/* datetime */.w$(),
    merged: schemas/* boolean */.zMY(),
    state: schemas/* string */.YjP(),
    author: query_pulls_Account,
});
const query_pulls_Answer = schemas/* object */.Ikc({
    repository: schemas/* record */.g1P(schemas/* string */.YjP(), Pull.nullable().catch(null)).nullish(),
    nodes: schemas/* array */.YOg(schemas/* object */.Ikc({
        id: schemas/* string */.YjP(),
        lastEditedAt: schemas/* string */.YjP().nullish(),
        author: query_pulls_Account,
        editor: query_pulls_Account,
    })
        .nullable()
        .catch(null))
        .nullish(),
});
const pullFields = 'fragment pull on PullRequest { number headRefOid baseRefOid createdAt merged state author { ... on User { databaseId login } } }';
const editFields = 'fragment edit on PullRequestReviewComment { id lastEditedAt author { ... on User { databaseId } } editor { ... on User { databaseId } } }';
/**
 * What became of pull requests, and who edited comments, 100 of each in a request, or fewer where GitHub says that this is
 * too much. What it does not tell is absent; a limit or a server that is down is a ReviewError, as what is asked for again
 * later is not lost.
 */
async function queryPulls(host, wanted) {
    const facts = { pulls: new Map(), unedited: new Set() };
    const rounds = Math.ceil(Math.max(wanted.pulls.length, wanted.touched.length) / query_pulls_mostAtOnce);
    for (let round = 0; round < rounds; round++) {
        const slice = (all) => all.slice(round * query_pulls_mostAtOnce, (round + 1) * query_pulls_mostAtOnce);
        const asked = { pulls: slice(wanted.pulls), touched: slice(wanted.touched) };
        const failed = await addFacts(host, asked, facts);
        // GitHub fails on parts of a large question that it answers by themselves.
        if (failed.length > 0)
            await addFacts(host, { pulls: failed, touched: [] }, facts);
    }
    return facts;
}
/** Gives back the numbers of pull requests that GitHub failed on. */
async function addFacts(host, asked, into) {
    const answer = await query_pulls_ask(host, asked);
    if (answer.kind === 'too-much') {
        if (!answer.isBySize || asked.pulls.length + asked.touched.length < 2)
            throw answer.error;
        const [first, second] = halvesOf(asked);
        return [...(await addFacts(host, first, into)), ...(await addFacts(host, second, into))];
    }
    if (answer.kind === 'unusable')
        return [];
    const { data, failed } = answer;
    for (const [index, number] of asked.pulls.entries()) {
        const pull = data.repository?.[`p${index}`];
        if (pull && !failed.has(`p${index}`))
            into.pulls.set(number, factsOf(pull));
    }
    // In the order in which they were asked for: an old number of a node is answered by a new one.
    for (const [index, node] of (data.nodes ?? []).entries()) {
        const id = asked.touched[index];
        if (id !== undefined && node !== null && isOwnText(node))
            into.unedited.add(id);
    }
    return asked.pulls.filter((_, index) => failed.has(`p${index}`));
}
/** Two questions, both smaller than one for at least two things. */
function halvesOf({ pulls, touched }) {
    const [ofPulls, ofTouched] = [Math.ceil(pulls.length / 2), Math.floor(touched.length / 2)];
    return [
        { pulls: pulls.slice(0, ofPulls), touched: touched.slice(0, ofTouched) },
        { pulls: pulls.slice(ofPulls), touched: touched.slice(ofTouched) },
    ];
}
function query_pulls_ask({ octokit, repository }, { pulls, touched }) {
    const names = pulls.map((_, index) => `$n${index}: Int!`);
    const aliases = pulls.map((_, index) => `p${index}: pullRequest(number: $n${index}) { ...pull }`);
    const parameters = [
        ...(pulls.length > 0 ? ['$owner: String!', '$name: String!', ...names] : []),
        ...(touched.length > 0 ? ['$ids: [ID!]!'] : []),
    ];
    const query = `query (${parameters.join(', ')}) {
    ${pulls.length > 0 ? `repository(owner: $owner, name: $name) { ${aliases.join(' ')} }` : ''}
    ${touched.length > 0 ? 'nodes(ids: $ids) { ...edit }' : ''}
  }
  ${pulls.length > 0 ? pullFields : ''} ${touched.length > 0 ? editFields : ''}`;
    const variables = {
        ...(pulls.length > 0 ? { owner: repository.owner, name: repository.name } : {}),
        ...(touched.length > 0 ? { ids: [...touched] } : {}),
        ...Object.fromEntries(pulls.map((number, index) => [`n${index}`, number])),
    };
    return askGraphql(octokit, { query, variables, shape: query_pulls_Answer, operation: readingComments });
}
function factsOf({ number, headRefOid, baseRefOid, createdAt, merged, state, author, }) {
    return {
        number,
        head: headRefOid,
        base: baseRefOid,
        createdAt,
        isMerged: merged,
        isOpen: state === 'OPEN',
        authorId: author?.databaseId ?? null,
        authorLogin: author?.login ?? null,
    };
}
function isOwnText(node) {
    if (node.lastEditedAt === null || node.lastEditedAt === undefined)
        return true;
    const editor = node.editor?.databaseId ?? null;
    return editor !== null && editor === node.author?.databaseId;
}

;// CONCATENATED MODULE: ./src/github/history/seen-pulls.ts

/** Diffs that are read at the same time. */
const seen_pulls_atOnce = 4;
/** The pull requests that may still be commented in older pages, with what the person said on them in these comments. */
function withSpoken({ rules }, seen, own) {
    const pulls = new Map(seen.map((pull) => [pull.number, pull]));
    for (const comment of own) {
        const { pullRequest: number, commit, at, path, isOnFile, hunk } = comment;
        const line = isOnFile ? null : (rules.lastLineOf(hunk)?.text ?? null);
        const known = pulls.get(number) ?? { number, commit, at, spoken: [] };
        const spoken = new Set([...known.spoken, rules.spokenPlace(path, line)]);
        pulls.set(number, { ...known, spoken: [...spoken] });
    }
    return [...pulls.values()];
}
/**
 * The hunks that the person left alone, of every pull request that is older than no comment which is still to be read.
 * One that nothing is known of is let go, and so is the person's own.
 */
async function settleSeen(host, seen, { facts, person, readTo, silences }) {
    const isOpenYet = ({ number }) => {
        const created = facts.get(number)?.createdAt;
        return readTo !== null && created !== undefined && created <= readTo;
    };
    const settled = seen.filter((pull) => !isOpenYet(pull));
    const found = [];
    for (let start = 0; start < settled.length && silences + found.length < src_persona/* personaLimits */.lp.silences; start += seen_pulls_atOnce) {
        const group = settled.slice(start, start + seen_pulls_atOnce);
        found.push(...(await Promise.all(group.map((pull) => silencesOf(host, pull, { facts, person })))).flat());
    }
    return { silences: found.slice(0, src_persona/* personaLimits */.lp.silences - silences), seen: seen.filter(isOpenYet) };
}
async function silencesOf({ rules, diff }, { number, commit, at, spoken }, { facts, person }) {
    const pull = facts.get(number);
    if (pull === undefined || pull.authorId === person)
        return [];
    const files = await diff(pull.base, commit);
    if (files === null)
        return [];
    return rules.silencesIn(files, { pullRequest: number, commit, at, spoken: new Set(spoken) });
}

;// CONCATENATED MODULE: ./src/github/history/weigh-batch.ts




/** A longer text that is there more often than this was put together by a machine, or pasted. */
const mostRepeats = 3;
const shortestTemplate = 80;
/** What a batch of comments tells of the person. `facts` is filled with what is asked of pull requests. */
async function weighBatch(host, { comments, position }, facts) {
    const { person } = position;
    const own = comments.filter(({ author }) => author?.id === person);
    const begun = own.filter(({ repliesTo }) => repliesTo === null);
    const seen = withSpoken(host, position.seen, own);
    const unedited = await askFacts(host, { begun, numbers: seen.map(({ number }) => number), facts });
    const logins = loginsIn(comments, facts);
    const kept = begun
        .filter((comment) => !comment.isOnFile && (!comment.isTouched || unedited.has(comment.nodeId)))
        .filter(({ path }) => host.rules.isPlainPath(path))
        .filter(({ pullRequest }) => facts.get(pullRequest)?.authorId !== person)
        .flatMap((comment) => {
        const body = host.rules.cleanBody(comment.body, logins);
        return body === null ? [] : [{ comment, body }];
    });
    const room = src_persona/* personaLimits */.lp.comments - position.comments;
    const past = await pastComments(host, withoutTemplates(kept).slice(0, room), facts);
    const isDone = position.isDone || past.length >= room;
    const readTo = isDone ? null : position.at;
    const left = await settleSeen(host, seen, { facts, person, readTo, silences: position.silences });
    const colleagues = colleaguesIn(host, comments, { person, logins }).slice(0, src_persona/* personaLimits */.lp.colleagues - position.colleagues);
    return {
        comments: past,
        silences: [...left.silences],
        colleagues,
        replies: repliesIn(host, comments, person),
        position: {
            ...position,
            isDone,
            comments: position.comments + past.length,
            silences: position.silences + left.silences.length,
            colleagues: position.colleagues + colleagues.length,
            seen: [...left.seen],
        },
    };
}
/** Asks for what is not known yet of pull requests and comments; answers with the comments that nobody else edited. */
async function askFacts(host, { begun, numbers, facts }) {
    const touched = begun.filter(({ isTouched }) => isTouched).map(({ nodeId }) => nodeId);
    const pulls = [...new Set(numbers)].filter((number) => !facts.has(number));
    const answer = await queryPulls(host, { pulls, touched });
    for (const [number, pull] of answer.pulls)
        facts.set(number, pull);
    return answer.unedited;
}
/** Of everybody who wrote in these comments or opened one of their pull requests. */
function loginsIn(comments, facts) {
    const writers = comments.flatMap(({ author }) => author?.login ?? []);
    const openers = comments.flatMap(({ pullRequest }) => facts.get(pullRequest)?.authorLogin ?? []);
    return [...new Set([...writers, ...openers])].sort();
}
function withoutTemplates(kept) {
    const repeats = new Map();
    const shape = ({ body }) => body.toLowerCase().replace(/\d+/g, '0');
    for (const one of kept)
        repeats.set(shape(one), (repeats.get(shape(one)) ?? 0) + 1);
    return kept.filter((one) => one.body.length < shortestTemplate || (repeats.get(shape(one)) ?? 0) <= mostRepeats);
}
function isColleague({ author }, person) {
    return author?.isPerson === true && author.id !== person;
}
function colleaguesIn({ rules }, comments, { person, logins }) {
    return comments
        .filter((comment) => comment.repliesTo === null && isColleague(comment, person))
        .flatMap(({ id, at, body }) => {
        const cleaned = rules.cleanBody(body, logins);
        return cleaned === null ? [] : [{ id, at, body: cleaned }];
    });
}
/** Answers of others that tell what became of a comment; whose comment it was is known only further back. */
function repliesIn({ rules }, comments, person) {
    return comments.flatMap((comment) => {
        const { id, repliesTo, body } = comment;
        const says = repliesTo === null || !isColleague(comment, person) ? 'other' : rules.meaningOf(body);
        return repliesTo === null || says === 'other' ? [] : [{ id, to: repliesTo, says }];
    });
}

;// CONCATENATED MODULE: ./src/github/history/read-history.ts





/**
 * Reads what a person said in reviews, the newest first. The cursor of a piece lies behind all that was told; of several
 * pieces of one batch only the last one moves it, so what follows a cursor is the same wherever reading was left.
 */
async function* readHistory(host, person, cursor) {
    const facts = new Map();
    let position = parseCursor(cursor, person);
    const metBefore = position.met.size;
    const trail = trailFrom(position);
    const told = (at) => ({
        requests: host.budget.spent(),
        pullRequests: at.met.size - metBefore,
    });
    if (position.isDone)
        yield { ...nothing, ...told(position), cursor: formatCursor(position), done: true };
    while (!position.isDone) {
        const { stop, ...batch } = await takeBatch(host, position, trail);
        const weighed = await weighBatch(host, batch, facts);
        const parts = partsOf(weighed);
        for (const [index, part] of parts.entries()) {
            const isLast = index === parts.length - 1;
            const at = isLast ? weighed.position : position;
            yield { ...part, ...told(weighed.position), cursor: formatCursor(at), done: isLast && at.isDone };
        }
        // What a cursor has no room for is forgotten here as well, so that a reading that is taken up again tells the same.
        position = parseCursor(formatCursor(weighed.position), person);
        if (stop !== null)
            throw stop;
    }
}
const nothing = { comments: [], silences: [], colleagues: [], replies: [] };
/** One part at least, none with more of a kind than the wire takes. */
function partsOf({ comments, silences, colleagues, replies }) {
    const longest = Math.max(comments.length, silences.length, colleagues.length, replies.length, 1);
    return Array.from({ length: Math.ceil(longest / src_persona/* personaLimits */.lp.chunk) }, (_, index) => {
        const part = (all) => all.slice(index * src_persona/* personaLimits */.lp.chunk, (index + 1) * src_persona/* personaLimits */.lp.chunk);
        return {
            comments: part(comments),
            silences: part(silences),
            colleagues: part(colleagues),
            replies: part(replies),
        };
    });
}

;// CONCATENATED MODULE: ./src/github/history/reviewer-history.ts









/** What a person has said in the reviews of one repository on GitHub. */
function createReviewerHistory(options) {
    const { octokit, repository, checkout, rules, mostRequests } = options;
    const git = checkout === null ? null : (0,run_git/* createRepositoryGit */.lf)(checkout.gitDirectory, checkout);
    const texts = async (places) => {
        const local = git === null ? new Map() : await readLocalTexts(git, places);
        const asked = places.filter((place) => !local.has(nameOf(place)));
        const told = asked.length === 0 ? [] : await queryTexts({ octokit, repository }, asked);
        return new Map([...local, ...told]);
    };
    return {
        account: (login) => findAccount(octokit, login),
        ownCommit: (person, policy) => findOwnCommit({ octokit, repository, texts }, person, policy),
        read(person, cursor) {
            const budget = createRequestBudget(octokit, mostRequests);
            const diff = createPastDiff({ octokit, repository, git, budget });
            const renamed = createLocalRenames(git);
            return readHistory({ octokit, repository, rules, budget, texts, renamed, diff }, person.id, cursor);
        },
    };
}

// EXTERNAL MODULE: ./src/github/client/fits-body.ts
var fits_body = __webpack_require__(1072);
// EXTERNAL MODULE: ./src/github/client/write-once.ts
var write_once = __webpack_require__(9520);
// EXTERNAL MODULE: ./src/github/talk/find-remark.ts
var find_remark = __webpack_require__(1700);
;// CONCATENATED MODULE: ./src/github/talk/progress-remark.ts





const operation = { doing: 'telling the progress in the conversation', permission: 'pull-requests: write' };
/** One remark in the conversation of a pull request that is written anew as something goes on. */
function createProgressRemark(options) {
    const { octokit, repository, backoffUnitMs = 1000 } = options;
    const home = { owner: repository.owner, repo: repository.name };
    /** Numbers of the remarks of this run, by pull request and mark. */
    const known = new Map();
    async function update(id, body) {
        const write = () => octokit.rest.issues.updateComment({ ...home, comment_id: id, body });
        try {
            // Written a second time it says the same.
            await (0,write_once/* writeOnce */.Fq)({ operation, write, backoffUnitMs });
            return true;
        }
        catch (error) {
            if ((0,translate_error/* asHttpError */.No)(error)?.status === 404)
                return false;
            throw error;
        }
    }
    async function create(place, body) {
        const { pullRequest, once } = place;
        return await (0,write_once/* writeOnce */.Fq)({
            operation,
            write: async () => (await octokit.rest.issues.createComment({ ...home, issue_number: pullRequest, body })).data.id,
            look: () => (0,find_remark/* findRemarkId */.t)({ octokit, repository, number: pullRequest }, once),
            backoffUnitMs,
        });
    }
    return {
        sayLatest: (pullRequest, { body, once }) => (0,translate_error/* translating */.GN)(operation, async () => {
            refuseUnfit(body, once);
            const key = `${pullRequest} ${once}`;
            const id = known.get(key) ?? (await (0,find_remark/* findRemarkId */.t)({ octokit, repository, number: pullRequest }, once));
            const isUpdated = id !== null && (await update(id, body));
            known.set(key, isUpdated ? id : await create({ pullRequest, once }, body));
        }),
    };
}
function refuseUnfit(body, once) {
    if ((0,fits_body/* fitsBody */.l)(body) && body.includes(once))
        return;
    throw new errors/* ReviewError */.Z('internal', 'The remark is longer than GitHub accepts, or lacks its mark.', {
        hint: 'Report it with the version of the Action and the code of this message.',
    });
}

// EXTERNAL MODULE: ./runner/protocol/src/review.ts
var review = __webpack_require__(5875);
;// CONCATENATED MODULE: ./runner/protocol/src/feedback.ts


/** What people made of a finding. `ignored`: the pull request was merged and the line left as it was. */
const FeedbackKind = schemas/* enum */.k5n(['fixed', 'declined', 'up', 'down', 'ignored']);
/**
 * `POST /v1/feedback`: what became of findings on one pull request. Said again it counts once. Findings that this server
 * did not raise are passed over.
 */
const FeedbackRequest = schemas/* strictObject */.rej({
    repository: review/* RepositoryName */.Ae,
    pullRequest: schemas/* int */.Whr().min(1),
    outcomes: schemas/* array */.YOg(schemas/* strictObject */.rej({ identity: schemas/* string */.YjP().regex(/^[0-9a-f]{64}$/), kind: FeedbackKind }))
        .max(2000),
});
const FeedbackResult = schemas/* object */.Ikc({ recorded: schemas/* int */.Whr().min(0) });

// EXTERNAL MODULE: ./src/model/ask-for-json.ts
var ask_for_json = __webpack_require__(3629);
// EXTERNAL MODULE: ./src/model/connection.ts
var connection = __webpack_require__(7289);
// EXTERNAL MODULE: ./src/model/try-again.ts
var try_again = __webpack_require__(1889);
// EXTERNAL MODULE: ./src/model/read-events.ts
var read_events = __webpack_require__(743);
// EXTERNAL MODULE: ./src/model/server-errors.ts
var server_errors = __webpack_require__(5276);
;// CONCATENATED MODULE: ./src/model/watch-training.ts





/** The server says something at least every 15 seconds, if only a comment: silence means that it has gone. */
const silenceMs = 60_000;
const ends = new Set(['done', 'failed', 'cancelled']);
/**
 * Follows the training at `path` until it has ended or the signal fires, and answers with the last that was told; null
 * where nothing was. A stream that breaks is asked for again.
 */
async function watchTraining(server, path, { signal, onStatus }) {
    let last = null;
    let fruitless = 0;
    const tell = (status) => {
        last = status;
        fruitless = 0;
        onStatus(status);
    };
    while (!signal.aborted) {
        try {
            await (0,connection/* exchange */.cv)(server, (host) => follow(server, { path, host, signal, tell }));
            return last;
        }
        catch (error) {
            if (signal.aborted)
                return last;
            if (!(0,try_again/* isPassing */.WG)(error))
                throw error;
            fruitless += 1;
            const until = Number.POSITIVE_INFINITY;
            await (0,try_again/* waitBefore */.fI)({ error, fruitless, until, signal }).catch((final) => {
                if (!signal.aborted)
                    throw final;
            });
        }
    }
    return last;
}
/** One connection. What a later version says beside states is passed over. */
async function follow(server, { path, host, signal, tell }) {
    const answer = await (0,connection/* send */.tN)(server, path, {
        method: 'GET',
        headers: { accept: 'text/event-stream' },
        signal,
        bodyTimeout: silenceMs,
    });
    if (answer.statusCode !== 200)
        throw await (0,connection/* refusalOf */.Of)(server, answer);
    if (!/^text\/event-stream\b/i.test((0,connection/* headerOf */.rR)(answer, 'content-type') ?? '')) {
        (0,connection/* discard */.vf)(answer);
        throw (0,server_errors/* answerInvalid */.aB)('it is not a stream of events');
    }
    for await (const { data } of (0,read_events/* readEvents */.w)(answer.body)) {
        const status = src_persona/* TrainingStatus */.Dz.safeParse((0,connection/* parseJson */.qF)(data));
        if (!status.success)
            continue;
        tell(status.data);
        if (ends.has(status.data.state))
            return;
    }
    throw (0,server_errors/* unreachable */.HB)(host, undefined);
}

// EXTERNAL MODULE: ./src/model/within-deadline.ts
var within_deadline = __webpack_require__(2359);
;// CONCATENATED MODULE: ./src/model/persona-server.ts








const longestMs = 60_000;
/** Feedback keeps nobody waiting. */
const feedbackMs = 5000;
/**
 * The keeper of personas over HTTP. Everything that it is told can be told again and changes nothing then, so what may
 * pass is tried again. Methods throw a ReviewError: those of a review, and `no-consent`.
 */
function createPersonaServer(options) {
    const ask = (request, schema) => askUntilAnswered(options, request, schema);
    return {
        status: async (persona) => ask({ method: 'GET', path: pathOf(persona, queryOf(persona)) }, src_persona/* PersonaStatus */.tQ),
        agree: async (persona, consent) => ask({ method: 'PUT', path: pathOf(persona, '/consent'), body: { ...about(persona), consent } }, src_persona/* PersonaStatus */.tQ),
        upload: async (persona, chunk) => ask({ method: 'PUT', path: pathOf(persona, '/samples'), body: { ...about(persona), ...chunk } }, src_persona/* PersonaStatus */.tQ),
        train: async (persona, wanted) => ask({ method: 'POST', path: pathOf(persona, '/training'), body: { ...about(persona), ...wanted } }, src_persona/* TrainingStatus */.Dz),
        watchTraining: async (persona, watching) => watchTraining(options, pathOf(persona, '/training'), {
            ...watching,
            signal: AbortSignal.any([options.signal, watching.signal]),
        }),
        forget: async (persona) => ask({ method: 'DELETE', path: pathOf(persona, queryOf(persona)) }, src_persona/* Forgotten */.BY),
        async feedback(request) {
            const sending = { method: 'POST', path: '/v1/feedback', body: request, patienceMs: feedbackMs };
            await ask(sending, FeedbackResult);
        },
    };
}
function pathOf({ repository, person }, rest = '') {
    const names = [repository.owner, repository.name, person.login].map(segmentOf);
    return `/v1/personas/${names.join('/')}${rest}`;
}
/** A request without a body names repository and account by number behind its path, where they are known. */
function queryOf({ repository, person, at }) {
    const told = Object.entries({ repository: repository.id, person: person.id, at });
    const query = told.flatMap(([name, value]) => value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]);
    return query.length === 0 ? '' : `?${query.join('&')}`;
}
/** A path of dots would lead elsewhere, encoded or not; nothing on a host is named so. */
function segmentOf(name) {
    if (!/^\.{0,2}$/.test(name))
        return encodeURIComponent(name);
    throw new errors/* ReviewError */.Z('bad-event', 'The repository or the account has a name that no host gives.', {
        hint: 'Run the Action in a job of GitHub Actions: the runner names the repository.',
    });
}
function about({ repository, person }) {
    const { id, owner, name } = repository;
    return { repository: { id, owner, name }, person: { id: person.id, login: person.login } };
}
async function askUntilAnswered({ signal: stop, timeLeft, ...server }, { patienceMs = longestMs, ...request }, schema) {
    const deadlineMs = Math.max(1000, Math.min(patienceMs, timeLeft()));
    const hint = 'Run the command again: what was done so far is kept by the server.';
    return (0,within_deadline/* withinDeadline */.i)({ deadlineMs, signal: stop, hint }, async (signal) => {
        const until = Date.now() + deadlineMs;
        for (let fruitless = 1;; fruitless += 1) {
            try {
                return await (0,connection/* exchange */.cv)(server, () => (0,ask_for_json/* askForJson */.T)(server, { ...request, signal }, schema));
            }
            catch (error) {
                if (signal.aborted || !(0,try_again/* isPassing */.WG)(error))
                    throw error;
                await (0,try_again/* waitBefore */.fI)({ error, fruitless, until, signal });
            }
        }
    });
}

// EXTERNAL MODULE: ./src/review/visible-text.ts + 1 modules
var visible_text = __webpack_require__(784);
;// CONCATENATED MODULE: ./src/review/history/says-something.ts
const codeSpan = /(`{1,3})(?!`)(?:(?!\1)[^\n]){1,2000}?\1(?!`)/g;
const codeTag = /<(pre|code)\b[^<>]{0,100}>[^<]{0,2000}<\/\1>/gi;
const indentedLine = /^(?: {4}|\t).*$/gm;
/** Said of anything, so that it teaches nothing: alone, or one after the other. */
const phrase = [
    '\\+1|-1|lgtm|looks good(?: to me)?|sgtm|sounds good|ship ?it|approved?|ack|nice|great|cool|awesome|perfect|fine',
    '(?:good|nice|great) (?:catch|point|call|idea|one|job|work)|well done|makes sense|love it|exactly|indeed|right|correct',
    'ok(?:ay)?|yes|yep|yup|yeah|no|nope|please|done|fixed|roger|(?:to|for) (?:this|that)|me too|this too',
    'thanks?(?: you)?(?: so much| a lot)?|thx|ty|agreed?|same(?: here)?|ditto|as above|see above|likewise|here too|nit|wdyt',
    'ping|bump|resolved|addressed|updated|same (?:as above|thing|comment|question)(?: here)?|someone|never ?mind|nvm|fyi',
    'he(?:h)+|ha(?:ha)+|lol|wow|hm+|ah+|oh|oops',
].join('|');
const empty = new RegExp(`^(?:(?:${phrase})(?: |$))+$`);
const longestEmpty = 60;
/** True where prose says more than what is said of anything; code and links alone say nothing. */
function saysSomething(prose) {
    const words = prose
        .replace(codeSpan, ' x ')
        .replace(codeTag, ' x ')
        .replace(indentedLine, ' x ')
        .replaceAll('(link)', ' ')
        .replace(/:[a-z\d_+-]{1,40}:/gi, ' ');
    const plain = words
        .toLowerCase()
        .replace(/[^\p{L}\p{N}+\s-]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    const letters = plain.replace(/[^\p{L}]/gu, '');
    const isEmpty = plain.length <= longestEmpty && empty.test(plain);
    return letters.replaceAll('x', '').length >= 3 && !isEmpty;
}

;// CONCATENATED MODULE: ./src/review/history/split-fences.ts
const opening = /^ {0,3}(`{3,}|~{3,})/;
/** The text in order; a fence that is never closed goes on to the end, as it does where it is shown. */
function splitFences(text) {
    const segments = [];
    let fence = null;
    for (const line of text.split('\n')) {
        const marker = opening.exec(line)?.[1];
        const kind = fence === null && marker === undefined ? 'prose' : 'fence';
        const last = segments.at(-1);
        const isNew = last === undefined || last.kind !== kind || (fence === null && kind === 'fence');
        if (isNew)
            segments.push({ kind, lines: [line] });
        else
            last.lines.push(line);
        fence = nextFence(fence, marker, line);
    }
    return segments.map(({ kind, lines }) => ({ kind, text: lines.join('\n') }));
}
function nextFence(fence, marker, line) {
    if (marker === undefined)
        return fence;
    if (fence === null)
        return marker;
    const isClosed = marker[0] === fence[0] && marker.length >= fence.length && line.trim() === marker;
    return isClosed ? null : fence;
}

;// CONCATENATED MODULE: ./src/review/history/without-people.ts
/** What stands in the place of a person's name. */
const someone = 'someone';
const address = 'an e-mail address';
// Written like a mention, but names of the language: annotations of Java and Kotlin, decorators, tags of documentation.
const annotations = new Set(('override nullable nonnull notnull deprecated test before after beforeeach aftereach inject autowired ' +
    'transactional suppresswarnings visiblefortesting bean value entity mock component injectable input output ' +
    'functionalinterface safevarargs jvmstatic jvmfield param params return returns throws see link since ' +
    'property staticmethod classmethod abstractmethod dataclass cached_property pytest types media import ' +
    'ts-ignore ts-expect-error author code inheritdoc literal linkplain version exception serial option argument ' +
    'annotation type typedef template callback todo internal private public ignore').split(' '));
const mention = /(?<![\w`/@.+{-])@([A-Za-z\d](?:[A-Za-z\d_-]{0,80}[A-Za-z\d])?)(?:\/[A-Za-z\d._-]{1,80})?(?![\w(@]|\.[a-z]|\s(?:tag|annotation|decorator)s?\b)/g;
const mailAddress = /(?:(?<![\p{L}\p{N}_.%+-])"[^"\n@]{1,64}"|[\p{L}\p{N}_.%+-]{1,64})@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,7}\.\p{L}[\p{L}\p{N}-]{1,62}/gu;
/** How people hide an address from machines: `name [at] host (dot) org`. */
const spelledMail = /[\w.%+-]{1,64} {0,2}[[({] ?at ?[\])}] {0,2}[\w-]{1,63}(?: {0,2}(?:\.|[[({] ?dot ?[\])}]) {0,2}[\w-]{1,63}){1,8}|\b[\w.%+-]{1,64} at [\w-]{1,63} dot (?:com|org|net|io|dev|edu|de|uk)\b/gi;
/** A line that git or a mail program puts under or above a text, with somebody's name: `Co-authored-by: …`. */
const trailer = /^[ \t]{0,10}(?:[-*][ \t]{1,3})?(?:(?:co-?authored|signed-?off|reviewed|acked|tested|reported|suggested|helped|approved|requested|co-?developed|mentored|assisted)[- ]by[ \t]{0,3}:|cc:(?=[^\n]{0,200}<)|on [^\n]{5,200} wrote:$)[^\n]{0,500}(?:\n|$)/gim;
/** What comes before or after a name that is spoken to, where the name is a common word as well. */
const greeting = '(?:\\b(?:cc|hi|hey|hello|thanks|thank you|ping|ask|asked)[ ,:]{1,3})';
/** An annotation, or a version of a module: `@v2`. */
function isLanguage(name) {
    return annotations.has(name) || /^v\d{1,4}$/.test(name);
}
/** Addresses of mail, which are in code as well, replaced by words. */
function withoutMail(text) {
    return text.replace(mailAddress, address);
}
/** What a text would tell about others: `logins` are those of everybody who was met; whoever is mentioned goes too. */
function withoutPeople(text, logins) {
    const known = new Set(logins.map((login) => login.toLowerCase()));
    const plain = withoutMail(text.replace(trailer, '')).replace(spelledMail, address);
    const unmentioned = plain.replace(mention, (whole, login) => isLanguage(login.toLowerCase()) && !known.has(login.toLowerCase()) ? whole : someone);
    return [...known].reduce(withoutLogin, unmentioned);
}
/** The same in code, where a name alone may be a variable: mentions of those who were met, and addresses of mail. */
function withoutMentions(code, logins) {
    const names = logins
        .map((login) => login.toLowerCase().replace(/[^a-z\d_-]/g, ''))
        .filter((name) => name !== '');
    return names.reduce((text, name) => text.toLowerCase().includes(`@${name}`)
        ? text.replace(new RegExp(`@${name}(?![\\w-])`, 'gi'), someone)
        : text, withoutMail(code));
}
function withoutLogin(text, login) {
    if (login.length < 3 || !text.toLowerCase().includes(login))
        return text;
    const name = login.replace(/[^a-z\d_-]/g, '');
    const alone = `(?<![\\w-])@?${name}(?![\\w-])`;
    if (isUnlikeAWord(name))
        return text.replace(new RegExp(alone, 'gi'), someone);
    return text
        .replace(new RegExp(`(?<![\\w-])@${name}(?![\\w-])`, 'gi'), someone)
        .replace(new RegExp(`(${greeting})${name}(?![\\w-])`, 'gi'), `$1${someone}`)
        .replace(new RegExp(`^(\\s{0,10})${name}(?=[,:])`, 'gim'), `$1${someone}`);
}
/** "mark" and "will" are logins and words; one of seven letters and more, or with a digit or a dash, is taken for a name. */
function isUnlikeAWord(login) {
    return /[\d_-]/.test(login) || login.length >= 7;
}

;// CONCATENATED MODULE: ./src/review/history/without-links.ts

const without_links_image = /!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)/g;
const inlineLink = /\[([^\]]{1,500})\]\(((?:[^()\n]|\([^()\n]{0,200}\)){0,2000})\)/g;
const without_links_anchor = /<a\b[^<>]{0,500}?href=["']?([^"'\s<>]{1,500})[^<>]{0,500}>([^<]{1,500})<\/a>/gi;
const definition = /^ {0,3}\[([^\]\n]{1,100})\]:[ \t]{0,5}(\S{1,2000})[^\n]{0,300}(?:\n|$)/gm;
const referenceLink = /\[([^\]]{1,500})\]\[([^\]\n]{0,100})\]/g;
// What ends a sentence, and the other half of a pair of quotes, is no part of it.
const bareLink = /<?\b(?:(?:https?|ftp|ssh):\/\/|git@[\w.-]{1,200}:)[^\s<>)\]"`]{1,2000}(?<![.,;:!?'])>?/gi;
/** The page of a person or a team. */
const profile = /^https?:\/\/(?:(?:www\.)?(?:github|gitlab|twitter|x)\.com\/@?[\w-]{1,80}|[^/\s]{1,200}\/(?:in|users|people|profile|u|orgs\/[\w-]{1,80}\/teams)\/[^/\s]{1,80})\/?(?:[?#\s]|$)/i;
/** A text without addresses: of a link its words stay, unless it leads to a person or is one of these logins. */
function withoutLinks(text, logins) {
    const known = new Set(logins.map((login) => login.toLowerCase()));
    const said = (words, target) => (leadsToPerson(target, known) ? someone : words);
    const targets = new Map();
    const undefinedText = text.replace(without_links_image, '').replace(definition, (_, name, target) => {
        targets.set(name.toLowerCase(), target);
        return '';
    });
    return undefinedText
        .replace(inlineLink, (_, words, target) => said(words, target))
        .replace(without_links_anchor, (_, target, words) => said(words, target))
        .replace(referenceLink, (whole, words, name) => {
        const target = targets.get((name === '' ? words : name).toLowerCase());
        return target === undefined ? whole : said(words, target);
    })
        .replace(bareLink, '(link)');
}
function leadsToPerson(target, logins) {
    const alone = /^https?:\/\/[^/\s]{1,200}\/([\w-]{1,80})\/?$/i.exec(target)?.[1];
    return profile.test(target) || (alone !== undefined && logins.has(alone.toLowerCase()));
}

;// CONCATENATED MODULE: ./src/review/history/clean-body.ts






/** A comment beyond this was not written by hand. */
const longestRead = 20_000;
/** Our own marks, visible or hidden, and what generators leave in theirs. */
const machineWritten = [
    /<!--\s{0,5}ai-review|\bin the style of [^\n]{1,200}, written by a model\b/i,
    /<!--[^>]{0,200}(?:generated|auto-?comment|\bbot\b)|🤖|\breported by reviewdog\b|\bi am a bot\b/i,
    /\bthis (?:comment|review) (?:is|was) (?:auto|generated)|\b(?:automatically|auto-) ?generated comment/i,
    /\bthis (?:action|comment|message|reply|review) (?:is|was) (?:\w{1,12} )?(?:automatic|by a (?:bot|machine)\b)/i,
    /\bthis is an automat(?:ed|ic)\b|^[^\p{L}\n]{0,8}automatically (?:posted|created|added|generated) by\b/imu,
    /^[^\p{L}\n]{0,8}(?:<sub>)?(?:reviewed|generated|posted|powered|created|written) (?:by|with) \W{0,3}(?:reviewdog|coderabbit|copilot|claude|chatgpt|gemini|codacy|sonar(?:cloud|qube)|deepsource|snyk|codecov|danger)(?![a-z\d])/imu,
];
const hiddenComment = /<!--[\s\S]*?(?:-->|$)/g;
const layoutTag = /<\/?(?:img|details|summary|br|b|i|em|strong|sub|sup|p|a|div|span|hr|table|tr|td|th)\b[^<>]{0,500}>/gi;
const quotedLine = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})?>/;
/** How people write a mention that shall notify nobody, and how it comes from another keyboard. */
const brokenMention = /(?:@|＠|&(?:#64|#x40|commat);)[\u200b-\u200d\u2060\ufeff\u00ad]{0,9}/gi;
/**
 * A comment as its author's own words: no quotes, names, addresses, links or credentials; what is hidden is shown. Null
 * where nothing of worth is left: it was code or a suggestion alone, an emoji, a "+1", or a machine wrote it.
 */
function cleanBody(body, logins) {
    if (body.length > longestRead || machineWritten.some((sign) => sign.test(body)))
        return null;
    const shown = (0,visible_text/* visibleText */.Q6)(body.replace(hiddenComment, '').replace(brokenMention, '@'));
    const segments = splitFences(shown).map(({ kind, text }) => ({
        kind,
        text: kind === 'fence' ? withoutMentions(text, logins) : cleanProse(text, logins),
    }));
    const prose = segments.filter(({ kind }) => kind === 'prose').map(({ text }) => text);
    if (!saysSomething(prose.join('\n')))
        return null;
    const whole = segments.map(({ text }) => text).join('\n');
    const cleaned = (0,visible_text/* clip */.$Q)(tidy(whole), src_persona/* personaLimits */.lp.body);
    // What is cut in the middle of a pair of surrogates or of an escape stays readable, but never empty.
    return cleaned === '' ? null : cleaned;
}
function cleanProse(text, logins) {
    const own = text
        .split('\n')
        .filter((line) => !quotedLine.test(line))
        .join('\n');
    return withoutPeople(withoutLinks(own, logins).replace(layoutTag, ' '), logins);
}
function tidy(text) {
    return text
        .replace(/[ \t]+$/gm, '')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
}

;// CONCATENATED MODULE: ./src/review/history/clean-code.ts


/** Lines from the middle of a key, whose first line stands further up: more than one of base64 alone, and a shorter last. */
const keyLines = /^[ +-]?[ \t]{0,40}[A-Za-z\d+/]{60,76}={0,2}(?:\n[ +-]?[ \t]{0,40}[A-Za-z\d+/]{60,76}={0,2})+(?:\n[ +-]?[ \t]{0,40}[A-Za-z\d+/]{4,75}={0,2}$)?/gm;
/** True for a path that can be told as it is: it hides nothing and holds no credential. */
function isPlainPath(path) {
    return (0,visible_text/* visibleText */.Q6)(path) === path;
}
function withoutSecrets(code) {
    const shown = (0,visible_text/* visibleText */.Q6)(code).replace(keyLines, (lines) => lines.replace(/[A-Za-z\d+/=]{4,80}$/gm, '[redacted]'));
    return withoutMail(shown);
}
/** Code beside a comment, without credentials and addresses of mail; what is hidden is shown. Cut at whole lines. */
function cleanCode(code, most) {
    const shown = withoutSecrets(code);
    if (shown.length <= most)
        return shown;
    const end = shown.lastIndexOf('\n', most);
    return shown.slice(0, Math.max(0, end));
}
/** The same, cut at its beginning: a hunk ends on the line that was commented, and its header stays. */
function cleanHunk(hunk, most) {
    const shown = withoutSecrets(hunk);
    if (shown.length <= most)
        return shown;
    const [header = '', ...lines] = shown.split('\n');
    const kept = [];
    let room = most - header.length - 1;
    for (const line of lines.toReversed()) {
        room -= line.length + 1;
        if (room < 0)
            break;
        kept.unshift(line);
    }
    return header.length > most ? '' : [header, ...kept].join('\n');
}

;// CONCATENATED MODULE: ./src/review/history/context-of.ts


const noContext = { context: '', contextStart: 1 };
/** On both sides of the commented lines. */
const linesAround = 20;
/** The lines around those that were commented; fewer where they are too long to keep. */
function contextOf(text, { startLine, line }) {
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    if (line > lines.length)
        return noContext;
    for (const around of [linesAround, 10, 5, 2, 0]) {
        const from = Math.max(startLine, line - linesAround, 1) - around;
        const first = Math.max(1, from);
        const context = lines.slice(first - 1, line + around).join('\n');
        const cleaned = cleanCode(context, src_persona/* personaLimits */.lp.context * 2);
        if (cleaned.length <= src_persona/* personaLimits */.lp.context && context.length <= src_persona/* personaLimits */.lp.context * 2)
            return { context: cleaned, contextStart: first };
    }
    return noContext;
}

;// CONCATENATED MODULE: ./src/review/history/last-line-of.ts
const header = /^@@ -(\d{1,8})(?:,\d{1,8})? \+(\d{1,8})(?:,\d{1,8})? @@/;
/** Null for a text that is no hunk. A side that the last line does not stand on has the number of the line before it. */
function lastLineOf(hunk) {
    const [first = '', ...lines] = hunk.split('\n');
    const found = header.exec(first);
    if (found === null || lines.length === 0)
        return null;
    // "\ No newline at end of file" is no line of the file.
    const own = lines.filter((line) => !line.startsWith('\\'));
    const count = (absent) => own.filter((line) => line.charAt(0) !== absent).length;
    return {
        LEFT: Number(found[1]) + count('+') - 1,
        RIGHT: Number(found[2]) + count('-') - 1,
        text: own.at(-1)?.slice(1) ?? '',
    };
}

;// CONCATENATED MODULE: ./src/review/history/match-lines.ts
/**
 * For each line of `before`, the index of the same line in `after`, or -1 where it is gone. Lines that occur once in
 * both are matched first, in the longest order that both keep; between them equal neighbours follow. Linear but for one
 * sorting step, so that a hostile pair of files costs no more than its size.
 */
function matchLines(before, after) {
    const matches = new Int32Array(before.length).fill(-1);
    for (const [left, right] of longestAscent(uniquePairs(before, after)))
        matches[left] = right;
    followEqual({ before, after, matches });
    return matches;
}
/** Places of a line that occurs once; -1 where it occurs more often. */
function onlyPlaces(lines) {
    const places = new Map();
    for (const [index, line] of lines.entries())
        places.set(line, places.has(line) ? -1 : index);
    return places;
}
function uniquePairs(before, after) {
    const places = onlyPlaces(after);
    return [...onlyPlaces(before)].flatMap(([line, left]) => {
        const right = places.get(line) ?? -1;
        return left < 0 || right < 0 ? [] : [[left, right]];
    });
}
/** Longest part of the pairs, ordered by their first number, whose second numbers rise: patience sorting. */
function longestAscent(pairs) {
    const sorted = [...pairs].sort(([a], [b]) => a - b);
    const tails = [];
    const previous = [];
    for (const [index, [, right]] of sorted.entries()) {
        const pile = firstPile(tails, (tail) => (sorted[tail]?.[1] ?? 0) >= right);
        previous.push(tails[pile - 1] ?? -1);
        tails[pile] = index;
    }
    const found = [];
    for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
        const pair = sorted[index];
        if (pair !== undefined)
            found.push(pair);
    }
    return found.reverse();
}
function firstPile(tails, isBeyond) {
    let [low, high] = [0, tails.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (isBeyond(tails[middle] ?? 0))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
/** Extends what is matched downwards from each line and from the top, then upwards from each line and from the end. */
function followEqual({ before, after, matches }) {
    for (let left = 0; left < before.length; left++) {
        const right = left === 0 ? 0 : neighbour(matches[left - 1], 1);
        match({ before, after, matches }, left, right);
    }
    let ceiling = after.length;
    for (let left = before.length - 1; left >= 0; left--) {
        const right = left === before.length - 1 ? after.length - 1 : neighbour(matches[left + 1], -1);
        if (right >= 0 && right < ceiling && right > lastBefore(matches, left))
            match({ before, after, matches }, left, right);
        if ((matches[left] ?? -1) >= 0)
            ceiling = matches[left] ?? ceiling;
    }
}
function neighbour(match, step) {
    return match === undefined || match < 0 ? -1 : match + step;
}
/** Looked for over a few lines only: a gap that is longer holds no order to keep. */
function lastBefore(matches, left) {
    for (let index = left - 1; index >= Math.max(0, left - 200); index--) {
        const match = matches[index] ?? -1;
        if (match >= 0)
            return match;
    }
    return -1;
}
function match({ before, after, matches }, left, right) {
    if (matches[left] === -1 && right >= 0 && right < after.length && before[left] === after[right])
        matches[left] = right;
}

;// CONCATENATED MODULE: ./src/review/history/outcome-of.ts


const longestAfter = 4000;
/** Lines of a file beyond which nothing is compared. */
const mostLines = 50_000;
/** Lines that are gone or differ count as changed, and so do lines that were put right before or behind them. */
function outcomeOf({ before, after, startLine, line }) {
    if (after === null)
        return { addressed: 'yes' };
    const old = linesOf(before);
    const now = linesOf(after);
    if (line > old.length || startLine > line || old.length > mostLines || now.length > mostLines)
        return { addressed: 'unknown' };
    const matches = matchLines(old, now);
    const above = startLine < 2 ? -1 : (matches[startLine - 2] ?? -1);
    const below = line >= old.length ? now.length : (matches[line] ?? -1);
    const kept = [...matches.subarray(startLine - 1, line)];
    const first = kept[0] ?? -1;
    const isKept = first >= 0 && kept.every((match, index) => match === first + index);
    const isAlone = isBeside(above, first, startLine < 2) && isBeside(first + kept.length - 1, below, line >= old.length);
    if (isKept && isAlone)
        return { addressed: 'no' };
    return { addressed: 'yes', ...whatStandsThere({ matches, now, startLine, line }) };
}
/** True where nothing was put between two lines; where the neighbour itself is gone, nobody can tell. */
function isBeside(upper, lower, isEdge) {
    if (isEdge)
        return upper + 1 === lower;
    return upper < 0 || lower < 0 || upper + 1 === lower;
}
/** The lines between the nearest ones, above and below, that were left as they were. */
function whatStandsThere({ matches, now, startLine, line }) {
    let above = startLine - 2;
    while (above >= 0 && (matches[above] ?? -1) < 0)
        above--;
    let below = line;
    while (below < matches.length && (matches[below] ?? -1) < 0)
        below++;
    const from = above < 0 ? 0 : (matches[above] ?? -1) + 1;
    const to = below >= matches.length ? now.length : (matches[below] ?? now.length);
    const text = cleanCode(now.slice(from, Math.max(from, to)).join('\n'), longestAfter);
    return text.trim() === '' ? {} : { after: text };
}
function linesOf(text) {
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    if (lines.at(-1) === '')
        lines.pop();
    return lines;
}

;// CONCATENATED MODULE: ./src/review/history/reply-meaning.ts
const reply_meaning_longestRead = 2000;
const disagrees = /\b(?:disagree|won'?t ?fix|not (?:convinced|needed|necessary|an issue|a problem)|(?:i )?don'?t (?:think|agree)|intentional(?:ly)?|on purpose|by design|out of scope|(?:prefer|rather|going|like) (?:to )?(?:keep|leave)|as[- ]is|false positive)\b/i;
const reply_meaning_opening = "(?:ok(?:ay)?|sure|yes|yep|oh|ah|oops|sorry|missed (?:that|this|it)|good (?:catch|point|idea|call)|nice catch|right|agreed|thanks|thank you|makes sense|you're right|my bad)";
const subject = "(?:i(?:'ve| have)? |it(?:'s| is| was) |this (?:is|was) |now |should (?:now )?be |(?:i )?(?:just )?pushed (?:a |the )?)?";
const done = new RegExp(`^(?:${reply_meaning_opening}[\\s,.!;:-]{1,5}){0,4}${subject}(?:done|fix(?:ed)?|addressed|updated|changed(?! my mind)|removed|added(?! a comment)|applied|resolved|renamed|moved(?! (?:this |it )?to (?:a |another )?(?:follow|issue|ticket))|reverted|will (?:do|fix|change)|good (?:catch|point|idea|call)|nice catch|makes sense|you're right|✅|👍|:\\+1:|:white_check_mark:)(?!\\w|\\s{0,3}\\?)`, 'i');
/** What an answer to a comment tells of what became of it. */
function meaningOf(reply) {
    const own = reply
        .slice(0, reply_meaning_longestRead)
        .split('\n')
        .filter((line) => !line.startsWith('>'))
        .join('\n')
        .replace(/[*~]|(?<!\w)_|_(?!\w)/g, '')
        .replaceAll('’', "'")
        .trim();
    if (disagrees.test(own))
        return 'disagrees';
    return done.test(own) ? 'done' : 'other';
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./src/review/unreviewable-path.ts
var unreviewable_path = __webpack_require__(5461);
;// CONCATENATED MODULE: ./src/review/history/silences-in.ts




/** Of one pull request: a large one would drown the others. */
const mostOfOne = 6;
const longestPath = 4096;
/**
 * Names a line that was commented, wherever it stands by now; without a line, the whole file. 12 hex digits: a chance
 * match only keeps one silence from being counted.
 */
function spokenPlace(path, line) {
    return digest([path, line?.trim() ?? null]).slice(0, 12);
}
/** The hunks that were seen and left alone; which of many is decided by their names, so it is the same each time. */
function silencesIn(files, change) {
    const silences = files
        .filter((file) => silences_in_isReadable(file, change))
        .flatMap((file) => silentHunks(file, change));
    return silences.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, mostOfOne);
}
function silences_in_isReadable({ path, binary }, { spoken }) {
    const isAsked = !binary && path.length <= longestPath && isPlainPath(path) && !path.includes('\uFFFD');
    return isAsked && (0,unreviewable_path/* unreviewablePath */.R)(path) === null && !spoken.has(spokenPlace(path, null));
}
function silentHunks({ path, hunks }, change) {
    const { pullRequest, commit, at, spoken } = change;
    return hunks.flatMap((hunk) => {
        const isSpoken = hunk.lines.some(({ text }) => spoken.has(spokenPlace(path, text)));
        const hasChange = hunk.lines.some(({ kind, text }) => kind !== 'context' && text.trim() !== '');
        const text = cleanCode(textOf(hunk), Number.POSITIVE_INFINITY);
        if (isSpoken || !hasChange || text.length > src_persona/* personaLimits */.lp.hunk)
            return [];
        const id = digest([pullRequest, path, commit, headerOf(hunk)]).slice(0, 32);
        return [{ id, pullRequest, path, commit, at, hunk: text }];
    });
}
function headerOf({ oldStart, oldLines, newStart, newLines }) {
    return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`;
}
const markers = { added: '+', deleted: '-', context: ' ' };
function textOf(hunk) {
    const title = hunk.section === '' ? headerOf(hunk) : `${headerOf(hunk)} ${hunk.section}`;
    return [title, ...hunk.lines.map(({ kind, text }) => `${markers[kind]}${text}`)].join('\n');
}
function digest(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(value)).digest('hex');
}

;// CONCATENATED MODULE: ./src/review/history/history-rules.ts







/** What a past comment is worth and what became of it: handed to whoever reads the history from the host. */
const historyRules = {
    cleanBody: cleanBody,
    cleanHunk: cleanHunk,
    isPlainPath: isPlainPath,
    contextOf: contextOf,
    lastLineOf: lastLineOf,
    noContext: noContext,
    outcomeOf: outcomeOf,
    meaningOf: meaningOf,
    silencesIn: silencesIn,
    spokenPlace: spokenPlace,
};

;// CONCATENATED MODULE: ./src/live-persona.ts




/** What personas need of GitHub and of the model server. */
function livePersona({ github, checkout, server }) {
    return {
        personas: createPersonaServer(server),
        history: createReviewerHistory({ ...github, checkout, rules: historyRules }),
        progress: createProgressRemark(github),
    };
}


/***/ }),

/***/ 8664:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ showHidden)
/* harmony export */ });
// Format characters, separators that break lines, private use, unassigned and lone surrogates, and the few letters,
// marks and symbols that draw nothing (Unicode's Default_Ignorable_Code_Point and the blank braille cell).
const hidden = /[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const emojiSelector = '\uFE0F';
function escapeOf(character) {
    const code = character.codePointAt(0) ?? 0;
    return `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`;
}
/**
 * Shows every character that is not seen, or that reorders what is seen, as `⟦U+202E⟧`; line ends become LF, tabs
 * stay and other control characters go. The selector that asks for a coloured emoji stays after an emoji.
 */
function showHidden(text) {
    return text
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n\t]/gu, '')
        .replace(hidden, (character, offset, whole) => character === emojiSelector &&
        /[\p{Extended_Pictographic}]$/u.test(whole.slice(Math.max(0, offset - 2), offset))
        ? character
        : escapeOf(character));
}


/***/ }),

/***/ 5461:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ unreviewablePath)
/* harmony export */ });
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


/***/ }),

/***/ 784:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $Q: () => (/* binding */ clip),
  P8: () => (/* binding */ visibleLine),
  Q6: () => (/* binding */ visibleText)
});

;// CONCATENATED MODULE: ./src/review/redact.ts
const redacted = '[redacted]';
// Shapes as their issuers document them. Each is bounded or ends at a character class, so matching stays linear.
const shapes = [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    /\bgh[opusr]_[A-Za-z0-9]{20,255}/g,
    /\bgithub_pat_[A-Za-z0-9_]{22,255}/g,
    /\bglpat-[A-Za-z0-9_-]{20,255}/g,
    /\b(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{16}\b/g,
    /(?<=aws.{0,40}["'`=:\s])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi,
    /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
    /\bxapp-[0-9]-[A-Za-z0-9-]{10,255}/g,
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{10,255}/g,
    /\beyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{0,4096}/g,
    /\bAIza[A-Za-z0-9_-]{35}/g,
    /\bya29\.[A-Za-z0-9_-]{20,512}/g,
    /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}/g,
    /\bwhsec_[A-Za-z0-9+/=]{20,255}/g,
    /\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{20,255}/g,
    /\bnpm_[A-Za-z0-9]{36}/g,
    /\bpypi-[A-Za-z0-9_-]{50,512}/g,
    /\bhf_[A-Za-z0-9]{30,255}/g,
    /\bdo[opr]_v1_[a-f0-9]{64}/g,
    /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,128}/g,
    /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g,
    /\bdckr_pat_[A-Za-z0-9_-]{20,255}/g,
    /\bhvs\.[A-Za-z0-9_-]{20,255}/g,
    /(?<=AccountKey=)[A-Za-z0-9+/=]{40,128}/g,
    // Headers by which requests are let in. A word follows in prose, so what is hidden holds a digit or mixed case.
    /(?<=(?:[Aa]uthorization|AUTHORIZATION)["'`]?\s{0,5}[:=,]\s{0,5}["'`]?(?:[Bb]earer|BEARER|[Tt]oken)\s{1,5})(?=[A-Za-z._~+/=-]{0,512}\d)[A-Za-z0-9._~+/=-]{16,4096}/g,
    /(?<=(?:[Aa]uthorization|AUTHORIZATION)["'`]?\s{0,5}[:=,]\s{0,5}["'`]?(?:[Bb]asic|BASIC)\s{1,5})(?=[A-Za-z+/]{0,512}(?:\d|[a-z][A-Z]))[A-Za-z0-9+/]{8,4096}={0,2}/g,
    /(?<=\b[Bb]earer\s{1,5})(?=[A-Za-z_-]{0,512}\d)[A-Za-z0-9_-]{20,4096}/g,
    /(?<=[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,80}:)[^\s@/]{3,200}(?=@)/gi,
    /(?<=(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)["'`]?\s{0,5}[:=]\s{0,5}["'`])[^"'`\s]{8,512}(?=["'`])/gi,
];
/** Replaces what looks like a credential by `[redacted]`: the last look at every text that leaves for GitHub. */
function redactSecrets(text) {
    return shapes.reduce((rest, shape) => rest.replace(shape, redacted), text);
}

// EXTERNAL MODULE: ./src/review/show-hidden.ts
var show_hidden = __webpack_require__(8664);
;// CONCATENATED MODULE: ./src/review/visible-text.ts


/**
 * Untrusted text for places that show it as it is (annotations, SARIF, JSON): nothing hidden, no credential.
 * Hidden characters are shown first, so that one in the middle of a credential does not keep it from being found.
 */
function visibleText(text) {
    return redactSecrets((0,show_hidden/* showHidden */.U)(text));
}
/** The same on one line. */
function visibleLine(text) {
    return visibleText(text.replace(/\s+/g, ' ')).trim();
}
/** Cuts by code points and says so with an ellipsis, never through a surrogate pair. */
function clip(text, most) {
    const points = text.length > most ? [...text] : [];
    return points.length > most ? `${points.slice(0, most - 1).join('')}…` : text;
}


/***/ }),

/***/ 4377:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w$: () => (/* binding */ datetime)
/* harmony export */ });
/* unused harmony exports date, time, duration */
/* harmony import */ var _core_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3759);
/* harmony import */ var _schemas_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7597);



function datetime(params) {
    return _core_index_js__WEBPACK_IMPORTED_MODULE_0__/* ._isoDateTime */ .G1(_schemas_js__WEBPACK_IMPORTED_MODULE_1__/* .ZodISODateTime */ .You, params);
}
function date(params) {
    return core._isoDate(ZodISODate, params);
}
function time(params) {
    return core._isoTime(ZodISOTime, params);
}
function duration(params) {
    return core._isoDuration(ZodISODuration, params);
}


/***/ })

};
