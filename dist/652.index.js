export const id = 652;
export const ids = [652];
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

/***/ 8903:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RD: () => (/* binding */ replyLimits),
/* harmony export */   wE: () => (/* binding */ ReplyResult)
/* harmony export */ });
/* unused harmony exports Utterance, ReplyRequest, NoAnswerReason */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7597);
/* harmony import */ var _review_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5875);
/* harmony import */ var _seal_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2694);



/** Limits of a conversation; what is longer is cut by the Action, the newest words kept. */
const replyLimits = { thread: 30, text: 4000, hunk: 20_000, answer: 4000 };
/** One comment of a thread. `reviewer` is the bot itself. */
const Utterance = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    by: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['reviewer', 'person']),
    text: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(replyLimits.text),
});
/**
 * `POST /v1/replies`: a person has said something in the thread of a finding. `mark` is the one of the thread's first
 * comment. `answer` asks for a sentence of the model, `decline` for a mark that the finding was declined; whether the
 * person may decline is for the Action to know. `hunk` is the code that the thread stands on, oldest comment first.
 */
const ReplyRequest = zod__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .rej({
    repository: _review_js__WEBPACK_IMPORTED_MODULE_0__/* .RepositoryName */ .Ae,
    change: _review_js__WEBPACK_IMPORTED_MODULE_0__/* .ChangeName */ .o6,
    intent: zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n(['answer', 'decline']),
    mark: _seal_js__WEBPACK_IMPORTED_MODULE_1__/* .Mark */ .CU,
    path: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(1).max(4096),
    hunk: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(replyLimits.hunk),
    thread: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(Utterance).min(1).max(replyLimits.thread),
    language: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().min(2).max(40).optional(),
    deadlineMs: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr().min(1000).max(600_000),
});
/** Why there is no answer: nobody to give it, or none that could be shown. */
const NoAnswerReason = zod__WEBPACK_IMPORTED_MODULE_2__/* ["enum"] */ .k5n([
    'no-model',
    'not-ours',
    'deadline',
    'engine-failed',
    'invalid-answer',
    'refused',
]);
/**
 * `reason` stands where `answer` is null and one was asked for. `declined` is sealed for the head of the request.
 * `model` and `promptHash` name what was asked: null and absent where no model was.
 */
const ReplyResult = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    answer: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().max(replyLimits.answer).nullable(),
    reason: NoAnswerReason.optional(),
    // Open, as all answers are; what is sent is closed.
    declined: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc(_seal_js__WEBPACK_IMPORTED_MODULE_1__/* .Mark */ .CU.shape).optional(),
    model: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().nullable(),
    promptHash: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(),
});


/***/ }),

/***/ 3930:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ goodToHave)
/* harmony export */ });
/* harmony import */ var _to_review_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8245);

/** Does what is good to have and not needed, such as a reaction: where it fails, the log says so and the run goes on. */
async function goodToHave(work, log) {
    try {
        await work();
    }
    catch (error) {
        const { message, hint } = (0,_to_review_error_js__WEBPACK_IMPORTED_MODULE_0__/* .toReviewError */ .S)(error);
        log.warning(`${message} ${hint}`);
    }
}


/***/ }),

/***/ 6103:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ loadPolicy)
/* harmony export */ });
/* harmony import */ var _review_parse_policy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9251);
/* harmony import */ var _review_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7384);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2781);



/**
 * The policy at the base commit: what the pull request itself changes in it holds once it is merged.
 * A file that is there and cannot be used, and one that was named and is not there, are problems of the policy.
 */
async function loadPolicy(source, pullRequest, path) {
    const { sha } = pullRequest.base;
    const text = await source.fileText(sha, path, _review_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .policyLimits */ .Vd.bytes);
    if (text !== null)
        return (0,_review_parse_policy_js__WEBPACK_IMPORTED_MODULE_0__/* .parsePolicy */ .O)(text, path);
    const fault = faultAt(path, (await source.tree(sha)).entries);
    return fault === null ? (0,_review_parse_policy_js__WEBPACK_IMPORTED_MODULE_0__/* .parsePolicy */ .O)(null, path) : (0,_review_parse_policy_js__WEBPACK_IMPORTED_MODULE_0__/* .unusablePolicy */ .u)(path, fault);
}
/** Why there is no text at the path; null where nobody expects any. */
function faultAt(path, entries) {
    const entry = entries.find((candidate) => candidate.path === path);
    if (entry?.kind === 'file')
        return `the file is longer than ${_review_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .policyLimits */ .Vd.bytes} bytes or not UTF-8 text`;
    if (entry !== undefined)
        return `it is a ${entry.kind}, not a file`;
    if (entries.some((candidate) => candidate.path.startsWith(`${path}/`)))
        return 'it is a folder, not a file';
    return path === _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .defaultPolicyPath */ .r2 ? null : 'there is no such file at the base commit';
}


/***/ }),

/***/ 8287:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ mayCommand)
/* harmony export */ });
/* harmony import */ var _roles_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(554);

/** True where the account's own role, as the host tells it, is `least` or above. */
async function mayCommand({ roleOf }, person, least) {
    return _roles_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryRoles */ .Y.indexOf(await roleOf(person)) >= _roles_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryRoles */ .Y.indexOf(least);
}


/***/ }),

/***/ 9863:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ refuseNewerHead)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

/** Throws `head-moved` where the pull request has another head than the one that was read. */
async function refuseNewerHead(pullRequest, { publisher }) {
    if ((await publisher.currentHead(pullRequest)) === pullRequest.head.sha)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('head-moved', 'The pull request got a new head during the review.', {
        hint: 'Nothing was posted on the old one; the run for the new head reviews it. A command has to be given again.',
    });
}


/***/ }),

/***/ 9271:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tellStory: () => (/* binding */ tellStory)
});

// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
// EXTERNAL MODULE: ./src/review/marker.ts
var marker = __webpack_require__(468);
// EXTERNAL MODULE: ./src/review/render-answer.ts
var render_answer = __webpack_require__(1677);
// EXTERNAL MODULE: ./runner/protocol/src/reply.ts
var reply = __webpack_require__(8903);
// EXTERNAL MODULE: ./src/review/own-sign.ts
var own_sign = __webpack_require__(6188);
// EXTERNAL MODULE: ./src/review/visible-text.ts + 1 modules
var visible_text = __webpack_require__(784);
;// CONCATENATED MODULE: ./src/action/build-reply-request.ts



const longestDeadlineMs = 600_000;
/** What the model server is asked about a reply, within the limits of the wire: the newest comments, the last of the code. */
function buildReplyRequest(parts, deadlineMs) {
    const { pullRequest, thread, mark, at, intent, policy, said } = parts;
    const { id, owner, name } = pullRequest.repository;
    const heard = thread.comments.slice(0, at);
    return {
        repository: { id, owner, name },
        change: {
            number: pullRequest.number,
            headSha: pullRequest.head.sha,
            baseSha: pullRequest.base.sha,
        },
        intent,
        mark,
        path: thread.path,
        hunk: thread.hunk.slice(-reply/* replyLimits */.RD.hunk),
        thread: [
            ...heard.slice(1 - reply/* replyLimits */.RD.thread).map(toUtterance),
            { by: 'person', text: shown(said) },
        ],
        ...(policy.language === undefined ? {} : { language: policy.language }),
        deadlineMs: Math.min(longestDeadlineMs, deadlineMs),
    };
}
/** The first comment is ours by its mark, whatever account wrote it. */
function toUtterance({ author, body }, index) {
    const isReviewer = author.isUs || (index === 0 && body.includes(own_sign/* ownSign */.O));
    return { by: isReviewer ? 'reviewer' : 'person', text: shown(body) };
}
/** What people see of a comment: what is hidden in it was said to nobody. */
function shown(body) {
    return (0,visible_text/* clip */.$Q)(body.replace(/<!--[\s\S]*?(?:-->|$)/g, '').trim(), reply/* replyLimits */.RD.text);
}

// EXTERNAL MODULE: ./src/action/good-to-have.ts
var good_to_have = __webpack_require__(3930);
// EXTERNAL MODULE: ./src/action/load-policy.ts
var load_policy = __webpack_require__(6103);
// EXTERNAL MODULE: ./src/action/may-command.ts
var may_command = __webpack_require__(8287);
;// CONCATENATED MODULE: ./src/action/time-for-server.ts

const leastMs = 1000;
/** Milliseconds that the model server may take. Throws `deadline` where too little is left to ask it at all. */
function timeForServer({ deadlineMs, startedAt, now, keptMs }) {
    const left = Math.floor(startedAt + deadlineMs - Math.min(keptMs, deadlineMs / 4) - now);
    if (left >= leastMs)
        return left;
    throw new errors/* ReviewError */.Z('deadline', 'The deadline passed before the model server could be asked.', {
        hint: 'Raise deadline-minutes; a change is read faster from a checkout with fetch-depth: 0.',
    });
}

// EXTERNAL MODULE: ./src/action/unless-stopped.ts
var unless_stopped = __webpack_require__(4118);
;// CONCATENATED MODULE: ./src/action/answer-reply.ts









const replyName = (commentId) => `reply-${commentId}`;
/** Kept back from the server's time for what is written afterwards. */
const writingMs = 10_000;
/**
 * Answers a person in the thread of a finding, or marks the finding as declined. Silent where the thread is not ours,
 * the person may not ask, or people talk among themselves. Throws a `ReviewError` where an answer was due and failed.
 */
async function answerReply(order, roles) {
    const step = (work) => (0,unless_stopped/* unlessStopped */.O)(roles.signal, work);
    const heard = await step(listen(order, roles));
    if (typeof heard === 'string')
        return { kind: 'skipped', reason: heard };
    const { policy } = await step((0,load_policy/* loadPolicy */.t)(roles.source, heard.pullRequest, order.policyPath));
    const intent = await step(intentOf(heard, policy, { order, roles }));
    if (intent === null)
        return { kind: 'skipped', reason: 'may-not-ask' };
    const react = (reaction) => (0,good_to_have/* goodToHave */.z)(() => roles.conversation.react({ kind: 'review', id: order.trigger.commentId }, reaction), roles.log);
    await react('eyes');
    try {
        const request = buildReplyRequest({ ...heard, intent, policy, said: order.trigger.body }, timeForServer({ ...order, now: roles.now(), keptMs: writingMs }));
        const result = await step(roles.replies.reply(request, { signal: roles.signal }));
        return await step(answer(result, { order, roles, thread: heard.thread, intent }));
    }
    catch (error) {
        await react('confused');
        throw error;
    }
}
/** The reply in its thread, or why nothing is to be done about it. */
async function listen({ trigger }, { source, conversation }) {
    const pullRequest = await source.pullRequest(trigger.number);
    if (pullRequest.state === 'closed')
        return 'closed';
    const thread = await conversation.thread(trigger.number, trigger.commentId);
    const mark = (0,marker/* parseMarks */._t)(thread?.comments[0].body ?? '').find(({ kind }) => kind === 'finding');
    if (thread === null || mark === undefined)
        return 'foreign-thread';
    const at = thread.comments.findIndex(({ id }) => id === trigger.commentId);
    // A comment that was deleted since speaks to nobody.
    if (at < 1)
        return 'not-spoken-to';
    const answerMark = (0,marker/* formatRunMark */.c)(replyName(trigger.commentId));
    const isAnswered = thread.comments.some(({ author, body }) => author.isUs && body.includes(answerMark));
    if (isAnswered)
        return 'already-answered';
    if (!isToUs({ thread, at }, trigger) && !trigger.isDeclining)
        return 'not-spoken-to';
    return { pullRequest, thread, mark, at };
}
/**
 * Who has the role may ask and decline; who opened the pull request may ask. Null for anybody else, and where words of
 * declining from one who may not decline were not meant for us.
 */
async function intentOf(heard, policy, { order, roles }) {
    const { author, isOpener, isDeclining } = order.trigger;
    if (isOpener && !isDeclining)
        return 'answer';
    if (await (0,may_command/* mayCommand */.f)(roles.conversation, author, policy.commands.allow)) {
        return isDeclining ? 'decline' : 'answer';
    }
    return isOpener && isToUs(heard, order.trigger) ? 'answer' : null;
}
/** To answer what people say to each other would be butting in. */
function isToUs({ thread, at }, { mentionsUs }) {
    return at === 1 || thread.comments[at - 1]?.author.isUs === true || mentionsUs;
}
async function answer(result, answering) {
    const { order, thread, intent } = answering;
    const name = replyName(order.trigger.commentId);
    // Another reviewer may write marks like ours; only the server knows its own.
    if (result.reason === 'not-ours')
        return { kind: 'skipped', reason: 'foreign-thread' };
    if (intent === 'decline')
        return await decline(result, answering);
    if (result.answer !== null && result.answer.trim() !== '') {
        await say({ text: (0,render_answer/* renderModelAnswer */.IV)(result.answer, result.model), name }, answering);
        return { kind: 'answered', reason: 'answered' };
    }
    const reason = result.reason ?? 'invalid-answer';
    // That there is no model is told once in a thread.
    const told = reason === 'no-model' ? `no-model-${thread.comments[0].id}` : name;
    await say({ text: (0,render_answer/* renderNoAnswer */.cp)(reason), name: told }, answering);
    return { kind: 'answered', reason: 'no-answer' };
}
async function decline({ declined, reason }, answering) {
    const { order, roles, thread } = answering;
    if (declined === undefined) {
        throw new errors/* ReviewError */.Z('server-answer-invalid', 'The model server did not seal that the finding was declined.', {
            hint: `Action and server should have the same version${reason === 'deadline' ? '; the deadline may be too short' : ''}.`,
        });
    }
    const text = `${(0,render_answer/* renderDeclined */.TO)()}\n\n${(0,marker/* formatMark */.ry)(declined)}`;
    await say({ text, name: replyName(order.trigger.commentId) }, answering);
    const { id } = thread;
    if (id !== null && !thread.isResolved) {
        await (0,good_to_have/* goodToHave */.z)(() => roles.publisher.settleThread(id, 'resolved'), roles.log);
    }
    return { kind: 'answered', reason: 'declined' };
}
async function say({ text, name }, { order, roles, thread }) {
    await roles.conversation.replyInThread(order.trigger.number, {
        root: thread.comments[0].id,
        ...(0,marker/* saidOnce */.Xf)(text, name),
    });
}

// EXTERNAL MODULE: ./src/review/code-block.ts
var code_block = __webpack_require__(8663);
;// CONCATENATED MODULE: ./src/action/report-merge-group.ts

/**
 * Reports the check on the head of a merge group, as it stands on the pull request that the group ends with: the queue
 * waits for it, and nothing is reviewed twice. Neutral where that pull request has no completed check.
 * Throws `missing-permission` where the token may not: the queue would wait for ever, so that must be told.
 */
async function reportMergeGroup({ headSha, number }, { source, checks }) {
    const own = number === null ? null : await conclusionOf(number, { source, checks });
    const conclusion = own ?? 'neutral';
    await checks.reportCheck(headSha, renderReport(conclusion, number, own));
    return { kind: 'repeated', conclusion };
}
async function conclusionOf(number, { source, checks }) {
    const { head } = await source.pullRequest(number);
    return await checks.conclusionOf(head.sha);
}
function renderReport(conclusion, number, own) {
    const where = number === null ? 'the pull request' : `pull request ${number}`;
    const told = own === null
        ? `No completed review was found on ${where}, so this check takes no side.`
        : `The review stands on ${where}; its check ended as ${(0,code_block/* codeSpan */.SS)(own)}.`;
    return {
        conclusion,
        title: own === null ? 'No review to repeat' : `As reviewed on ${where}`,
        summary: `This commit was made by the merge queue, and nothing was reviewed twice. ${told}`,
        annotations: [],
    };
}

// EXTERNAL MODULE: ./runner/protocol/src/review.ts
var review = __webpack_require__(5875);
// EXTERNAL MODULE: ./src/diff/hunk-identity.ts
var hunk_identity = __webpack_require__(314);
// EXTERNAL MODULE: ./src/review/choose-guidelines.ts
var choose_guidelines = __webpack_require__(2863);
// EXTERNAL MODULE: ./src/review/globs.ts
var globs = __webpack_require__(6479);
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
        .filter((instruction) => paths.some((0,globs/* matchesAny */._)(instruction.paths)))
        .map(({ paths: globs, text }) => ({
        path: policyPath,
        directory: '',
        text: `For files that match ${globs.join(', ')}:\n${(0,show_hidden/* showHidden */.U)(text)}`,
    }));
}

// EXTERNAL MODULE: ./src/review/unreviewable-path.ts
var unreviewable_path = __webpack_require__(5461);
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
    const isIncluded = (0,globs/* matchesAny */._)(policy.include);
    const isExcluded = (0,globs/* matchesAny */._)(policy.exclude);
    return [
        kindOf,
        ({ path, previousPath = '' }) => (`${path}${previousPath}`.includes('\uFFFD') ? 'unreadable-name' : null),
        withoutHunks,
        ({ path }) => (isIncluded(path) ? null : 'not-included'),
        ({ path }) => (isExcluded(path) ? 'excluded-by-policy' : null),
        ({ path }) => (attributesOf(path).generated ? 'generated' : null),
        ({ path }) => (attributesOf(path).vendored ? 'vendored' : null),
        ({ path }) => (0,unreviewable_path/* unreviewablePath */.R)(path),
        (file) => (hasVeryLongAddedLine(file) ? 'minified' : null),
        (file) => (file.additions + file.deletions > policy['max-changed-lines'] ? 'too-large' : null),
    ];
}
/** A file that is not reviewed, with the path under which earlier findings may know it. */
function skippedFile({ path, status, previousPath }, reason) {
    return status === 'renamed' && previousPath !== undefined
        ? { path, previousPath, reason }
        : { path, reason };
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
            skipped.push(skippedFile(file, final));
    }
    for (const { path } of diff.rejected)
        skipped.push({ path, reason: 'unreadable-diff' });
    return { selected, skipped };
}

;// CONCATENATED MODULE: ./src/review/build-request.ts




const longestHeadText = 2_000_000;
const longestSection = 500;
const build_request_longestDeadlineMs = 6 * 3600 * 1000;
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
            identity: (0,hunk_identity/* hunkIdentity */.D)(file.path, hunk),
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
            skipped.push(skippedFile(file, 'request-too-large'));
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
            deadlineMs: Math.min(Math.max(1000, Math.round(parts.deadlineMs)), build_request_longestDeadlineMs),
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
            ...(parts.persona === undefined ? {} : { persona: parts.persona }),
        },
        selection: { selected: kept, skipped: [...selection.skipped, ...skipped] },
    };
}

// EXTERNAL MODULE: ./src/review/counts.ts
var counts = __webpack_require__(3046);
// EXTERNAL MODULE: ./src/review/judge.ts + 1 modules
var judge = __webpack_require__(5150);
// EXTERNAL MODULE: ./src/review/parse-policy.ts + 2 modules
var parse_policy = __webpack_require__(9251);
// EXTERNAL MODULE: ./src/review/render-check.ts + 1 modules
var render_check = __webpack_require__(905);
// EXTERNAL MODULE: ./src/review/render-voice.ts
var render_voice = __webpack_require__(5245);
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

// EXTERNAL MODULE: ./node_modules/minimatch/dist/esm/index.js + 8 modules
var esm = __webpack_require__(1138);
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

;// CONCATENATED MODULE: ./src/action/read-base-files.ts


const attributesLimit = 50;
const longestFile = 65_536;
const rulesFolder = '.github/ai-review/rules/';
/** Texts by blob: a path is never opened, so no link is followed. Empty files say nothing and are left out. */
async function readTexts(source, entries, maxBytes) {
    const known = await source.blobTexts(entries.map(({ blob }) => blob), maxBytes);
    const texts = entries.map(({ path, blob }) => ({ path, text: known.get(blob) ?? null }));
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

// EXTERNAL MODULE: ./src/review/ledger-name.ts
var ledger_name = __webpack_require__(6121);
;// CONCATENATED MODULE: ./src/action/read-head-texts.ts

/**
 * Whole texts help a reviewer but cost requests where GitHub is asked, of 1,000 an hour for all workflows: one for some
 * fifty files, and one for each file that GitHub does not tell so.
 */
const read_head_texts_limits = { bytes: 262_144, totalBytes: 12_000_000, filesOverApi: 300, alone: 20 };
/** Text after the change by path, of as many selected files as the limits allow, in their order. */
async function readHeadTexts(source, { pullRequest, diff, selected, ledgers }) {
    const named = new Set(ledgers.flatMap(({ hunks }) => hunks));
    const files = selected.filter((file) => file.status !== 'deleted' && !isSettled(file, named));
    const wanted = diff.source === 'git' ? files : files.slice(0, read_head_texts_limits.filesOverApi);
    if (wanted.length === 0)
        return new Map();
    const head = pullRequest.head.sha;
    const { entries, truncated } = await source.tree(head);
    const byPath = new Map(entries.map((entry) => [entry.path, entry]));
    const found = withinTotal(wanted.flatMap(({ path }) => byPath.get(path) ?? []));
    const texts = await source.blobTexts(found.map(({ blob }) => blob), read_head_texts_limits.bytes, read_head_texts_limits.alone);
    const unlisted = truncated ? wanted.filter(({ path }) => !byPath.has(path)).slice(0, read_head_texts_limits.alone) : [];
    const alone = await Promise.all(unlisted.map(async ({ path }) => [path, await source.fileText(head, path, read_head_texts_limits.bytes)]));
    const read = [...found.map(({ path, blob }) => [path, texts.get(blob)]), ...alone];
    return new Map(read.flatMap(([path, text]) => (text == null ? [] : [[path, text]])));
}
function isSettled({ path, hunks }, named) {
    return hunks.every((hunk) => named.has((0,ledger_name/* ledgerName */.b)(path, hunk)));
}
function withinTotal(entries) {
    let room = read_head_texts_limits.totalBytes;
    return entries.filter(({ kind, size = read_head_texts_limits.bytes }) => {
        if (kind !== 'file' || size > read_head_texts_limits.bytes || size > room)
            return false;
        room -= size;
        return true;
    });
}

;// CONCATENATED MODULE: ./src/action/gather-change.ts





/** Reads the diff, what the base commit says about reviewing it, and what was said about it before. */
async function gatherChange({ pullRequest, policy, policyPath, previousHead, full = false }, roles) {
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
        readHeadTexts(source, {
            pullRequest,
            diff,
            selected: selection.selected,
            ledgers: full ? [] : earlier.ledgers,
        }),
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

// EXTERNAL MODULE: ./src/action/to-review-error.ts
var to_review_error = __webpack_require__(8245);
;// CONCATENATED MODULE: ./src/action/open-check.ts


/** A review is worth having without its check; what stops the review itself shows soon enough. */
const isBearable = new Set([
    'missing-permission',
    'github-rejected',
    'github-unavailable',
    'github-rate-limited',
]);
/** A check in progress; null where none can be made, which is said in the log. */
async function openCheck(pullRequest, { publisher, log }) {
    try {
        return await publisher.startCheck(pullRequest);
    }
    catch (error) {
        if (!(error instanceof errors/* ReviewError */.Z) || !isBearable.has(error.code))
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

// EXTERNAL MODULE: ./src/review/render-comment.ts
var render_comment = __webpack_require__(1950);
// EXTERNAL MODULE: ./runner/protocol/src/seal.ts
var src_seal = __webpack_require__(2694);
// EXTERNAL MODULE: ./src/review/coverage.ts
var coverage = __webpack_require__(4528);
// EXTERNAL MODULE: ./src/review/mark-of.ts
var mark_of = __webpack_require__(6937);
// EXTERNAL MODULE: ./src/review/paragraphs.ts
var paragraphs = __webpack_require__(4425);
// EXTERNAL MODULE: ./src/review/render-ledgers.ts
var render_ledgers = __webpack_require__(7817);
// EXTERNAL MODULE: ./src/review/render-provenance.ts
var render_provenance = __webpack_require__(5204);
// EXTERNAL MODULE: ./src/review/render-sections.ts + 1 modules
var render_sections = __webpack_require__(1425);
// EXTERNAL MODULE: ./src/review/render-standings.ts
var render_standings = __webpack_require__(4570);
;// CONCATENATED MODULE: ./src/review/render-review-body.ts











/** GitHub takes 65,536 characters of a body. */
const longestBody = 65_536;
/** What each list of earlier findings may take; new findings take what the rest leaves, and ledgers what is left then. */
const standingsShare = 5000;
function renderSummaryMark({ headSha, answer }) {
    const seal = answer?.done.summarySeal ?? '';
    const isSealed = /^[0-9a-f]{64}$/.test(seal);
    return isSealed ? (0,marker/* formatMark */.ry)({ kind: 'summary', head: headSha, identity: src_seal/* summaryIdentity */.rj, seal }) : '';
}
/** Body of the one review of a run, with the run's mark, the marks of what stands in the summary only, and ledgers. */
function renderReviewBody(summary, run) {
    const { headSha, judged } = summary;
    const missing = (0,coverage/* unreviewedFiles */.E)(summary).length;
    const unread = missing === 0 ? '' : ` ${(0,counts/* counted */.hS)(missing, 'file')} not reviewed; the check lists them.`;
    const head = `**${(0,counts/* describeFindings */.kA)(summary)}.**${unread}`;
    const tail = [
        (0,render_voice/* renderVoice */.RS)(summary),
        (0,render_standings/* renderStandings */.s)(summary, standingsShare, { note: 'without-note' }),
        `${(0,render_provenance/* renderEffort */.z)(summary)}\n${(0,render_provenance/* renderProvenance */._)(summary)}`,
        renderSummaryMark(summary),
    ];
    const end = (0,marker/* formatRunMark */.c)(run);
    const taken = (0,paragraphs/* paragraphs */.q)([head, ...tail, end]).length;
    const found = (0,render_sections/* renderUncommented */.W$)(judged.filter(({ verdict }) => verdict === 'in-summary'), {
        about: summary,
        most: longestBody - taken - 200,
        elsewhere: 'the job summary and findings.json',
        hidden: ({ finding }) => (0,marker/* formatMark */.ry)((0,mark_of/* markOf */.F)(finding, headSha)),
    });
    const ledgers = (0,render_ledgers/* renderLedgers */.r)(summary, longestBody - taken - found.length - 10);
    return (0,paragraphs/* paragraphs */.q)([head, found, ...tail, ledgers.text, end]);
}
/** True where a run has something to say that was not said before: a comment, or a finding for the summary. */
function hasNews({ judged }) {
    return judged.some(({ verdict }) => verdict === 'posted' || verdict === 'in-summary');
}

// EXTERNAL MODULE: ./src/action/refuse-newer-head.ts
var refuse_newer_head = __webpack_require__(9863);
;// CONCATENATED MODULE: ./src/action/settle-threads.ts


/** Each is a write, and GitHub wants a second between writes: what is left over is settled by the next run. */
const mostSteps = 50;
/**
 * Resolves the threads of fixed findings and reopens those whose finding came back. Answers the records with what was
 * really done. That a thread cannot be settled loses nothing, so it never fails the run.
 */
async function settleThreads(records, roles) {
    const settled = [];
    let steps = 0;
    let givenUp = null;
    for (const record of records) {
        if (!hasStep(record)) {
            settled.push(record);
            continue;
        }
        if (givenUp !== null || steps === mostSteps) {
            settled.push({ ...record, step: givenUp ?? 'none' });
            continue;
        }
        steps += 1;
        const failure = await settle(record, roles);
        const step = failure === null ? record.step : stepAfter(failure);
        settled.push({ ...record, step });
        if (failure !== null && holdsForAll.has(failure))
            givenUp = step;
    }
    return settled;
}
/** True where something is to be done with a thread. */
function hasStep({ step }) {
    return step === 'resolve' || step === 'reopen';
}
/** What stopped one will stop the next as well. */
const holdsForAll = new Set([
    'missing-permission',
    'deadline',
    'cancelled',
    'github-rate-limited',
]);
function stepAfter(failure) {
    return failure === 'missing-permission' ? 'leave-not-permitted' : 'none';
}
/** Null where it was done, else why not. */
async function settle(record, { publisher, log }) {
    const id = record.thread?.id;
    if (id === null || id === undefined)
        return null;
    try {
        await publisher.settleThread(id, record.step === 'resolve' ? 'resolved' : 'open');
        return null;
    }
    catch (error) {
        const { code, message, hint } = (0,to_review_error/* toReviewError */.S)(error);
        log.info(`A thread is left as it is: ${message} ${hint}`);
        return code;
    }
}
/** For the log: `2 threads resolved, 1 reopened.`, or null where there was nothing to do. */
function describeSteps(records) {
    const count = (step) => records.filter((record) => record.step === step).length;
    const [resolved, reopened] = [count('resolve'), count('reopen')];
    if (resolved + reopened === 0)
        return null;
    return `${(0,counts/* counted */.hS)(resolved, 'thread')} resolved, ${reopened} reopened.`;
}

;// CONCATENATED MODULE: ./src/action/publish-review.ts







/**
 * Posts one review where there is something new to say, settles the threads of earlier findings, and answers what then
 * stands where. Throws `head-moved` before anything is posted on a commit that is no longer the head.
 */
async function publishReview(publishing, roles) {
    const { pullRequest, summary } = publishing;
    if (!hasNews(summary) && !summary.earlier.some(hasStep)) {
        roles.log.info('There is nothing new to say: no review was posted.');
        return summary;
    }
    const isAlone = !hasNews(summary) || (await takeTurn(publishing.check));
    // A turn may be waited for, so the head is asked for after it.
    await (0,refuse_newer_head/* refuseNewerHead */.m)(pullRequest, roles);
    const posted = hasNews(summary) ? await postNews(publishing, { ...roles, isAlone }) : summary;
    const earlier = await settleThreads(posted.earlier, roles);
    const steps = describeSteps(earlier);
    if (steps !== null)
        roles.log.info(steps);
    return withLedgers({ ...posted, earlier }, publishing);
}
/** A finding whose thread could not be opened again has to be found again, or it would count as fixed from now on. */
function withLedgers(settled, { summary, carried }) {
    const isLeft = summary.earlier.some(({ step }, index) => step === 'reopen' && settled.earlier[index]?.step !== 'reopen');
    return isLeft ? { ...settled, ledgersToKeep: carried } : settled;
}
async function postNews(publishing, { isAlone, ...roles }) {
    const { pullRequest } = publishing;
    if (isAlone)
        return post(publishing, roles);
    const judged = (0,judge/* withoutSaid */.aN)(publishing.summary.judged, await roles.publisher.earlier(pullRequest));
    const summary = { ...publishing.summary, judged };
    if (hasNews(summary))
        return post({ ...publishing, summary }, roles);
    roles.log.info('Another run has said all of it meanwhile: no review was posted.');
    return summary;
}
/** True where no other run was at work on the head. Without a check nobody knows of the others, so one looks. */
async function takeTurn(check) {
    if (check === null)
        return false;
    try {
        return (await check.takeTurn()).alone;
    }
    catch {
        return false;
    }
}
async function post(publishing, { publisher, log }) {
    const { pullRequest, summary, run, carried } = publishing;
    try {
        const posted = await publisher.postReview(pullRequest, {
            head: pullRequest.head.sha,
            body: bodyOf(publishing, []).body,
            comments: (0,render_comment/* renderComments */.Le)(summary.judged, {
                headSha: pullRequest.head.sha,
                files: summary.selection.selected,
                about: summary,
            }),
            bodyWithout: (refused) => bodyOf(publishing, refused).body,
            runMark: (0,marker/* formatRunMark */.c)(run),
        });
        return { ...bodyOf(publishing, posted.refused).summary, reviewUrl: posted.url };
    }
    catch (error) {
        if (!(error instanceof errors/* ReviewError */.Z) || error.code !== 'missing-permission')
            throw error;
        log.warning(`The review is in the job summary only: ${error.message} ${error.hint}`);
        return {
            ...summary,
            judged: unposted(summary.judged),
            ledgersToKeep: carried,
            notices: [...summary.notices, { code: 'not-posted', message: error.message }],
        };
    }
}
/**
 * The body of the review, and the summary that goes with it. A finding whose mark finds no room is not known to the next
 * run, so that one must find it again: then no ledger says that its code was read.
 */
function bodyOf({ summary, run, carried }, refused) {
    const told = { ...summary, judged: (0,judge/* withRefused */.pP)(summary.judged, refused) };
    const body = renderReviewBody(told, run);
    const isWhole = told.judged.every(({ verdict, finding }) => verdict !== 'in-summary' || body.includes(finding.seal));
    if (isWhole)
        return { summary: told, body };
    const kept = { ...told, ledgersToKeep: carried };
    return { summary: kept, body: renderReviewBody(kept, run) };
}
/** Findings after a run that could not post: what would have been a comment is told in the summary. */
function unposted(judged) {
    return judged.map((one) => one.verdict === 'posted' ? { ...one, verdict: 'in-summary', reason: 'The review was not posted.' } : one);
}

;// CONCATENATED MODULE: ./src/action/reason-to-skip.ts

/** Why a pull request needs no review by this run; null where it does. Only a draft's policy is looked at. */
async function reasonToSkip(source, pullRequest, { expectedHead, asked, policyPath }) {
    if (pullRequest.state === 'closed')
        return 'closed';
    if (expectedHead !== undefined && expectedHead !== pullRequest.head.sha)
        return 'newer-head';
    if (!pullRequest.isDraft || asked)
        return null;
    const { policy } = await (0,load_policy/* loadPolicy */.t)(source, pullRequest, policyPath);
    return policy['review-drafts'] ? null : 'draft';
}

;// CONCATENATED MODULE: ./src/review/reconcile.ts
/**
 * How each finding that was said before stands now, and what is to be done with its thread. A finding is fixed where its
 * text is gone, or where the hunk around it changed, was read whole, and the finding was not raised again: that it is
 * not raised is no proof while the hunk is the same, since a model does not say the same twice.
 */
function reconcile(by) {
    return by.told.map((finding) => {
        const thread = threadOf(by.threads, finding.identity);
        const standing = standingOf(finding, thread, by);
        return {
            identity: finding.identity,
            ...(finding.severity === undefined ? {} : { severity: finding.severity }),
            ...(finding.category === undefined ? {} : { category: finding.category }),
            state: finding.state,
            standing,
            step: thread === null ? 'none' : stepOf(standing, thread),
            thread: thread && {
                id: thread.id,
                commentId: thread.commentId,
                path: thread.path,
                line: thread.line,
                isResolved: thread.isResolved,
            },
        };
    });
}
/** Threads of our own come first: a mark that somebody copied into a comment makes no thread ours. */
function threadOf(threads, identity) {
    const carriers = threads.filter(({ marks }) => marks.some((mark) => mark.kind === 'finding' && mark.identity === identity));
    return carriers.find(({ isOurs }) => isOurs) ?? carriers.find(({ id }) => id === null) ?? null;
}
function standingOf(finding, thread, by) {
    if (finding.declined)
        return 'declined';
    const isFound = by.found.has(finding.identity);
    const isFixed = !isFound && hasGone(finding, thread, by);
    if (thread?.isResolved !== true)
        return isFixed ? 'fixed' : 'open';
    if (wasResolvedByUs(thread))
        return isFound || isAsRaised(finding, thread, by) ? 'open' : 'fixed';
    if (isFixed)
        return 'fixed';
    return isDeclinedBy(thread, by) ? 'declined' : 'open';
}
function hasGone(finding, thread, by) {
    const isUnseen = thread === null ? by.isCut : by.unseen.has(thread.path);
    if (isUnseen)
        return false;
    if (finding.state === 'gone')
        return true;
    return (finding.state === 'changed' && !by.voiced.has(finding.identity) && by.wasReadWhole(thread?.path ?? null));
}
/**
 * True where the hunk is the one in which the finding was raised: no run since has left a ledger, which one does not
 * that finds nothing new and may write no check. What it saw gone has come back.
 */
function isAsRaised({ state, identity }, { marks }, by) {
    return (state === 'settled' && marks.some((mark) => mark.identity === identity && mark.head === by.ledgerHead));
}
function wasResolvedByUs({ resolvedBy }) {
    return resolvedBy?.isUs === true;
}
function isDeclinedBy({ resolvedBy }, { mayDecline }) {
    return resolvedBy !== null && !resolvedBy.isBot && resolvedBy.id !== null && mayDecline.has(resolvedBy.id);
}
function stepOf(standing, thread) {
    if (!thread.isOurs || thread.id === null)
        return 'none';
    if (standing === 'open' && thread.isResolved && wasResolvedByUs(thread))
        return 'reopen';
    if (standing !== 'fixed' || thread.isResolved)
        return 'none';
    if (thread.hasHumanReply)
        return 'leave-replied';
    return thread.canSettle ? 'resolve' : 'leave-not-permitted';
}
/** People who resolved a thread whose finding may still hold: whether they may decline it has to be asked. Each once. */
function resolversInDoubt(told, threads) {
    const resolvers = told
        .filter(({ declined, state }) => !declined && state !== 'gone')
        .map(({ identity }) => threadOf(threads, identity)?.resolvedBy ?? null)
        .filter((resolver) => resolver !== null && resolver.id !== null && !resolver.isBot && !resolver.isUs);
    return [...new Map(resolvers.map((resolver) => [resolver?.id, resolver])).values()].filter((resolver) => resolver !== null);
}

// EXTERNAL MODULE: ./src/review/skip-reason.ts
var skip_reason = __webpack_require__(6598);
;// CONCATENATED MODULE: ./src/action/reconcile-earlier.ts





/** Each is a request; the others count as people who may not decline, so that their findings stay open. */
const mostAsked = 10;
/** How the findings of earlier runs stand now, with the people asked for who resolved threads by hand. */
async function reconcileEarlier({ summary, answer, earlier }, { roleOf }) {
    const told = answer.accepted.earlier ?? [];
    const resolvers = resolversInDoubt(told, earlier.threads).slice(0, mostAsked);
    const allowed = await Promise.all(resolvers.map((person) => mayDecline(person, { summary, roleOf })));
    const unread = new Set((0,coverage/* unreviewedFiles */.E)(summary).map(({ path }) => path));
    // A voice alone does not look for what the reviewer found.
    const modelTookPart = answer.done.provenance.model !== null && !(0,render_voice/* isVoiceAlone */.eI)(summary);
    const { selected, skipped } = summary.selection;
    const read = new Set(selected.map(({ path }) => path).filter((path) => !unread.has(path)));
    const unseen = skipped
        .filter(({ reason }) => reason !== 'no-content-change')
        .flatMap(({ path, previousPath }) => [path, previousPath]);
    return reconcile({
        told,
        threads: earlier.threads,
        found: new Set(answer.findings.map(({ identity }) => identity)),
        // A thread keeps the path of its file though the file was renamed, so one of another path may be about any file.
        wasReadWhole: (path) => modelTookPart && (unread.size === 0 || (path !== null && read.has(path))),
        unseen: new Set(unseen.filter((path) => path != null)),
        isCut: skipped.some(({ reason }) => !skip_reason/* skipReasons */.d[reason].complete),
        voiced: voicedIn(earlier.marks),
        ledgerHead: earlier.ledgers.at(-1)?.head ?? null,
        mayDecline: new Set(allowed.filter((id) => id !== null)),
    });
}
/** Identities whose every mark of a finding is of a voice. */
function voicedIn(marks) {
    const findings = marks.filter(({ kind }) => kind === 'finding');
    const plain = new Set(findings.filter(({ voice }) => voice === undefined).map(({ identity }) => identity));
    return new Set(findings.map(({ identity }) => identity).filter((identity) => !plain.has(identity)));
}
/** The number of the account where it may, else null; one that cannot be asked for may not. */
async function mayDecline(person, { summary, roleOf }) {
    try {
        const { allow } = summary.policy.policy.commands;
        return (await (0,may_command/* mayCommand */.f)({ roleOf }, person, allow)) ? person.id : null;
    }
    catch {
        return null;
    }
}

;// CONCATENATED MODULE: ./src/action/tell-feedback.ts

/**
 * On a public repository anybody on the host can put a thumb to a comment, and with it a version out of use: there, only
 * what those do counts who may change or decline something.
 */
function countsThumbs({ repository }) {
    return !repository.isPublic;
}
/** The wire takes 2,000; the newest findings come last, and older ones were told by earlier runs. */
const mostOutcomes = 2000;
/** Tells the server what people made of its findings. Said again it counts once; that it cannot be told loses nothing else. */
async function tellFeedback({ pullRequest, records, threads }, { persona, log }) {
    const outcomes = outcomesOf(records, countsThumbs(pullRequest) ? threads : []).slice(-mostOutcomes);
    if (persona === undefined || outcomes.length === 0)
        return;
    const { id, owner, name } = pullRequest.repository;
    const request = { repository: { id, owner, name }, pullRequest: pullRequest.number, outcomes };
    await (0,good_to_have/* goodToHave */.z)(async () => (await persona()).personas.feedback(request), log);
}
/** What became of each finding, and the thumbs on the comment that raised it. */
function outcomesOf(records, threads) {
    const thumbs = new Map(threads.map(({ commentId, thumbs: given }) => [commentId, given]));
    return records.flatMap(({ identity, standing, thread }) => {
        const { up = 0, down = 0 } = (thread && thumbs.get(thread.commentId)) ?? {};
        const kinds = [
            ...(standing === 'open' ? [] : [standing]),
            ...(up > 0 ? ['up'] : []),
            ...(down > 0 ? ['down'] : []),
        ];
        return kinds.map((kind) => ({ identity, kind }));
    });
}

;// CONCATENATED MODULE: ./src/action/review-pull-request.ts

















/** Kept back from the server's time for judging and posting. */
const publishingMs = 20_000;
/** Each holds what the ones before it held, so the newest are enough. */
const mostCarried = 2;
/**
 * Reviews one pull request from its number to what stands on it afterwards. Throws a `ReviewError` only where
 * not even the pull request can be read; every later failure ends as a neutral check that names it.
 */
async function reviewPullRequest(order, roles) {
    const step = (work) => (0,unless_stopped/* unlessStopped */.O)(roles.signal, work);
    const pullRequest = order.ground?.pullRequest ?? (await step(roles.source.pullRequest(order.number)));
    const reason = await step(reasonToSkip(roles.source, pullRequest, order));
    if (reason !== null)
        return { kind: 'skipped', reason };
    // Waited for even when the run is stopped: a check that is being created must be completed by somebody.
    const check = await openCheck(pullRequest, roles);
    let summary = emptySummary(pullRequest, order);
    let carried = [];
    let threads = [];
    try {
        const policy = order.ground?.policy ?? (await step((0,load_policy/* loadPolicy */.t)(roles.source, pullRequest, order.policyPath)));
        summary = { ...summary, policy };
        const change = await step(gatherChange({ pullRequest, policy: policy.policy, ...order }, roles));
        const persona = await step(voiceOf(order, { pullRequest, policy: policy.policy, change }, roles));
        const { request, selection } = buildRequest({
            ...order,
            ...change,
            ...(persona === undefined ? {} : { persona }),
            pullRequest,
            policy,
            allFiles: change.diff.files,
            deadlineMs: timeForServer({ ...order, now: roles.now(), keptMs: publishingMs }),
        });
        const { skippedGuidelines, notices, earlier } = change;
        carried = earlier.ledgers.slice(-mostCarried);
        threads = earlier.threads;
        summary = { ...summary, selection, skippedGuidelines, notices, ledgersToKeep: carried };
        if (persona !== undefined)
            summary = { ...summary, voice: askedVoice(persona, order) };
        roles.log.info(`${(0,counts/* counted */.hS)(selection.selected.length, 'file')} to review, ${selection.skipped.length} skipped.`);
        // Where nothing is left to review, what was said before may be fixed.
        if (selection.selected.length > 0 || earlier.marks.length > 0) {
            const answer = await step(askModelServer(request, roles));
            summary = await step(judgeAnswer({ summary, answer, earlier }, roles));
            summary = await step(publishReview({ pullRequest, summary, run: order.run, check, carried }, roles));
        }
    }
    catch (error) {
        summary = {
            ...summary,
            judged: unposted(summary.judged),
            ledgersToKeep: carried,
            failure: (0,to_review_error/* toReviewError */.S)(error),
        };
    }
    summary = { ...summary, totalMs: roles.now() - order.startedAt };
    const report = reportOf(summary);
    await closeCheck(check, report, roles.log);
    await tellFeedback({ pullRequest, records: summary.earlier, threads }, roles);
    const { githubRequests } = roles;
    if (githubRequests !== undefined)
        summary = { ...summary, githubRequests: githubRequests() };
    return { kind: 'reviewed', summary, check: report, checkUrl: check?.url ?? null };
}
/** The voice to ask for: the one that was ordered, else the first to which the policy routes some of the files. */
async function voiceOf({ voice }, routing, { source, log, persona }) {
    const isRouted = routing.policy.personas.some(({ paths, codeowners }) => codeowners || paths.length > 0);
    if (voice !== undefined || persona === undefined || !isRouted)
        return voice;
    const { routeVoice } = await __webpack_require__.e(/* import() */ 678).then(__webpack_require__.bind(__webpack_require__, 6678));
    return await routeVoice(routing, { source, log, persona });
}
function askedVoice({ login, name, beside }, { serverUrl = '' }) {
    return { login, beside, server: serverUrl, ...(name === undefined ? {} : { name }) };
}
/** What the answer means for this change: a verdict for every finding, and how the earlier ones stand. */
async function judgeAnswer({ summary, answer, earlier }, roles) {
    const { accepted, done, findings } = answer;
    const judged = (0,judge/* judge */.S4)(findings, {
        files: summary.selection.selected,
        earlier: accepted.earlier ?? accepted.trusted.map((identity) => ({ identity, declined: false })),
        // What the reviewer has read is new to the voice of a person.
        settled: (0,render_voice/* isVoiceAlone */.eI)(summary) ? [] : (accepted.settled ?? []),
        policy: summary.policy.policy,
    });
    const answered = {
        ...summary,
        answer,
        judged,
        ...(done.ledger === undefined ? {} : { ledgersToKeep: [done.ledger] }),
    };
    return { ...answered, earlier: await reconcileEarlier({ summary: answered, answer, earlier }, roles) };
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
function emptySummary(pullRequest, order) {
    return {
        headSha: pullRequest.head.sha,
        policy: (0,parse_policy/* parsePolicy */.O)(null, order.policyPath),
        selection: { selected: [], skipped: [] },
        judged: [],
        earlier: [],
        pageUrl: pullRequest.url,
        answer: null,
        skippedGuidelines: [],
        notices: [],
        totalMs: 0,
    };
}

// EXTERNAL MODULE: ./src/review/render-voice-outcome.ts
var render_voice_outcome = __webpack_require__(1288);
;// CONCATENATED MODULE: ./src/action/run-command.ts










/**
 * Carries out a command that a person gave in the conversation of a pull request, if that person may. The head is the
 * one that is read first. Throws what `reviewPullRequest` throws, after the person was told.
 */
async function runCommand(order, roles) {
    const talk = talkAbout(order, roles);
    try {
        const ground = await (0,unless_stopped/* unlessStopped */.O)(roles.signal, readGround(order, roles));
        if (!ground.isAllowed && !isOwnMatter(order.trigger))
            return await refuse(ground.least, talk, order);
        await talk.react('eyes');
        return await obey(order.trigger.command, { order, roles, talk, ...ground });
    }
    catch (error) {
        await talk.react('confused');
        await talk.say((0,render_answer/* renderCommandFailure */.UF)((0,to_review_error/* toReviewError */.S)(error)));
        throw error;
    }
}
async function readGround({ trigger, review }, { source, conversation }) {
    const pullRequest = await source.pullRequest(trigger.number);
    const policy = await (0,load_policy/* loadPolicy */.t)(source, pullRequest, review.policyPath);
    const least = policy.policy.commands.allow;
    const isAllowed = await (0,may_command/* mayCommand */.f)(conversation, trigger.author, least);
    return { pullRequest, policy, least, isAllowed };
}
/** What is learnt from a person is for that person to allow and to end, whatever their role by now. */
function isOwnMatter({ command, author }) {
    if (command.kind === 'opt-in')
        return true;
    const { username = author.login } = command.kind === 'forget' ? command : { username: '' };
    return username.toLowerCase() === author.login.toLowerCase();
}
/** One answer for each person and pull request: who is refused twice has read it. */
async function refuse(least, talk, { trigger }) {
    await talk.react('confused');
    await talk.say((0,render_answer/* renderRefusal */.$W)(least), `refused-${trigger.author.id}`);
    return { kind: 'answered', reason: 'not-permitted' };
}
async function obey(command, obeying) {
    const { order, talk, least } = obeying;
    const { mentionName } = order;
    switch (command.kind) {
        case 'help':
            await talk.say((0,render_answer/* renderHelp */.W5)(mentionName, least));
            await talk.react('+1');
            return { kind: 'answered', reason: 'help' };
        case 'mistake':
            await talk.say((0,render_answer/* renderMistake */.Zv)(command.problem, mentionName));
            await talk.react('confused');
            return { kind: 'answered', reason: 'mistake' };
        case 'opt-in':
        case 'forget':
        case 'persona': {
            const { obeyPersona } = await __webpack_require__.e(/* import() */ 521).then(__webpack_require__.bind(__webpack_require__, 1521));
            const review = (wanted) => reviewAsked(wanted, obeying);
            return await obeyPersona(command, { ...obeying, review });
        }
        case 'review':
            return await reviewAsked(command, obeying);
    }
}
async function reviewAsked({ full = false, effort, voice }, { order, roles, talk, pullRequest, policy }) {
    const outcome = await reviewPullRequest({
        ...order.review,
        asked: true,
        ground: { pullRequest, policy },
        // Who names an effort wants the whole change read with it.
        full: full || effort !== undefined,
        ...(effort === undefined ? {} : { effort }),
        ...(voice === undefined ? {} : { voice }),
    }, roles);
    const words = wordsOn(outcome, order.mentionName);
    if (words !== null)
        await talk.say(words);
    await talk.react(isCarriedOut(outcome) ? '+1' : 'confused');
    return outcome;
}
/** What there is to say beside the review; null where it speaks for itself. */
function wordsOn(outcome, mentionName) {
    if (outcome.kind === 'skipped')
        return outcome.reason === 'closed' ? (0,render_answer/* renderClosed */.Z_)() : null;
    const { failure, voice, reviewUrl } = outcome.summary;
    if (failure !== undefined)
        return (0,render_answer/* renderCommandFailure */.UF)(failure);
    if (reviewUrl !== undefined)
        return null;
    if (voice !== undefined && !voice.beside)
        return (0,render_voice_outcome/* renderVoiceOutcome */.P6)(voice, outcome.summary);
    return hadNothingToRead(outcome.summary) ? (0,render_answer/* renderNothingNew */.YB)(mentionName) : null;
}
function isCarriedOut(outcome) {
    if (outcome.kind === 'skipped' || outcome.summary.failure !== undefined)
        return false;
    const { voice, answer, reviewUrl } = outcome.summary;
    if (voice === undefined || voice.beside)
        return true;
    const hasSpoken = (answer?.done.persona?.by ?? 'absent') !== 'absent';
    return hasSpoken && (reviewUrl !== undefined || (0,coverage/* unreviewedFiles */.E)(outcome.summary).length === 0);
}
/** Every hunk was read by an earlier run, and nothing came up this time. */
function hadNothingToRead({ answer, selection }) {
    const hunks = selection.selected.reduce((sum, file) => sum + file.hunks.length, 0);
    const settled = answer?.accepted.settled?.length ?? 0;
    return hunks > 0 && settled >= hunks;
}
/** A review is worth having where nobody can be told of it. */
function talkAbout({ trigger }, { conversation, log }) {
    const { number, commentId } = trigger;
    return {
        react: (reaction) => (0,good_to_have/* goodToHave */.z)(() => conversation.react({ kind: 'issue', id: commentId }, reaction), log),
        say: (text, name = `reply-${commentId}`) => (0,good_to_have/* goodToHave */.z)(() => conversation.say(number, (0,marker/* saidOnce */.Xf)(text, name)), log),
    };
}

;// CONCATENATED MODULE: ./src/action/tell-story.ts




/** What a trigger sets off, from what was asked to what was done. */
async function tellStory(trigger, inputs, roles) {
    switch (trigger.kind) {
        case 'ignored':
            return { kind: 'skipped', reason: trigger.reason };
        case 'pull-request':
            return await reviewPullRequest({ ...inputs, ...orderOf(trigger) }, roles);
        case 'dispatch': {
            const order = { ...inputs, ...orderOf(trigger) };
            const outcome = await reviewPullRequest(order, roles);
            if (trigger.learns === true) {
                const { refreshPersonas } = await __webpack_require__.e(/* import() */ 510).then(__webpack_require__.bind(__webpack_require__, 1510));
                await refreshPersonas(order, roles);
            }
            return outcome;
        }
        case 'command': {
            const review = { ...inputs, number: trigger.number };
            return await runCommand({ trigger, review, mentionName: inputs.event.mentionName }, roles);
        }
        case 'reply':
            return await answerReply({ ...inputs, trigger }, roles);
        case 'merge-group':
            return await reportMergeGroup(trigger, roles);
    }
}
function orderOf(trigger) {
    const { number } = trigger;
    if (trigger.kind === 'dispatch')
        return { number, asked: true };
    const { headSha, previousHead } = trigger;
    return { number, expectedHead: headSha, ...(previousHead === undefined ? {} : { previousHead }) };
}


/***/ }),

/***/ 6479:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ globProblem),
/* harmony export */   _: () => (/* binding */ matchesAny)
/* harmony export */ });
/* harmony import */ var minimatch__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1138);

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
    const alternatives = (0,minimatch__WEBPACK_IMPORTED_MODULE_0__/* .braceExpand */ .KA)(pattern, options).length;
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
        return new minimatch__WEBPACK_IMPORTED_MODULE_0__/* .Minimatch */ .VR(below, { ...options, matchBase: !pattern.startsWith('/') });
    });
    return (path) => globs.some((glob) => glob.match(path));
}


/***/ }),

/***/ 9251:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ parsePolicy),
  u: () => (/* binding */ unusablePolicy)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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

// EXTERNAL MODULE: ./src/review/policy.ts
var policy = __webpack_require__(7384);
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
        if (at.depth > policy/* policyLimits */.Vd.depth) {
            return { offset: at.token.offset, message: `is nested more than ${policy/* policyLimits */.Vd.depth} deep` };
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
/** What a text of this key looks like. */
const parse_policy_forms = {
    login: 'must be the login of a person and nothing else, such as octocat; teams and bots have no style',
    name: "must begin with a letter or a digit, and hold letters, digits, spaces and .'’()- alone, 60 at most",
    language: 'must be the name of a language, such as English or pt-BR',
};
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
            return parse_policy_forms[String(issue.path.at(-1))] ?? 'is not a value that this key can have';
    }
}
const keysBelow = {
    rules: ['disable'],
    commands: ['allow'],
    personas: ['login', 'name', 'paths', 'codeowners', 'refresh'],
    instructions: ['paths', 'text'],
};
/** Keys that the schema knows in the mapping at a path. */
function knownKeys([top]) {
    return top === undefined ? Object.keys(policy/* Policy */.PE.shape) : (keysBelow[String(top)] ?? []);
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
    return inForce(policy/* defaultPolicy */.G4, [{ path, line: 1, column: 1, key: '', message }]);
}
/**
 * Reads the text of a policy file; null means that there is none. Never throws: with any problem the default policy
 * is in force, whole, because half a policy is what nobody wrote.
 */
function parsePolicy(text, path) {
    if (text === null)
        return inForce(policy/* defaultPolicy */.G4, []);
    if (Buffer.byteLength(text) > policy/* policyLimits */.Vd.bytes) {
        return unusablePolicy(path, `the file is longer than ${policy/* policyLimits */.Vd.bytes} bytes`);
    }
    const yaml = parsePolicyYaml(text);
    const where = { path, yaml };
    const broken = yaml.problems.map(({ offset, message }) => problemAt(where, offset, { key: '', text: message }));
    if (broken.length > 0)
        return inForce(policy/* defaultPolicy */.G4, broken.slice(0, mostProblems));
    const parsed = policy/* Policy */.PE.safeParse(yaml.value);
    if (parsed.success)
        return inForce(parsed.data, []);
    const problems = parsed.error.issues
        .flatMap((issue) => problemsOf(issue, where))
        .sort((a, b) => a.line - b.line || a.column - b.column);
    return inForce(policy/* defaultPolicy */.G4, problems.slice(0, mostProblems));
}


/***/ }),

/***/ 7384:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G4: () => (/* binding */ defaultPolicy),
/* harmony export */   PE: () => (/* binding */ Policy),
/* harmony export */   Vd: () => (/* binding */ policyLimits)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7858);
/* harmony import */ var _ai_review_protocol_persona__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9667);
/* harmony import */ var _ai_review_protocol_review__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5875);
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7597);
/* harmony import */ var _globs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6479);





/** Bounds that keep a policy from costing more than the change it is about. */
const policyLimits = {
    bytes: 65_536,
    depth: 20,
    globs: 200,
    globLength: 256,
    instructions: 20,
    instructionLength: 4000,
};
const Glob = zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()
    .min(1)
    .max(policyLimits.globLength)
    .superRefine((pattern, context) => {
    const problem = pattern.length > policyLimits.globLength ? null : (0,_globs_js__WEBPACK_IMPORTED_MODULE_3__/* .globProblem */ .A)(pattern);
    if (problem !== null)
        context.addIssue({ code: 'custom', message: problem });
});
const Globs = zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(Glob).max(policyLimits.globs);
const Instruction = zod__WEBPACK_IMPORTED_MODULE_4__/* .strictObject */ .rej({
    paths: Globs.min(1).describe('Globs of the files that the text is about.'),
    text: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()
        .min(1)
        .max(policyLimits.instructionLength)
        .describe('What a reviewer of these files must know, in plain words.'),
});
/**
 * The repository's own settings, as they stand in `.github/ai-review.yml` at the base commit.
 * Every key is optional in the file; a parsed policy has them all except `effort` and `language`.
 */
const Policy = zod__WEBPACK_IMPORTED_MODULE_4__/* .strictObject */ .rej({
    include: Globs.min(1)
        .default(['**'])
        .describe('Globs of files to review; a file that matches none is skipped.'),
    exclude: Globs.default([]).describe('Globs of files to leave alone; they win over `include`.'),
    'max-files': zod__WEBPACK_IMPORTED_MODULE_4__/* .int */ .Whr()
        .min(1)
        .max(3000)
        .default(1000)
        .describe('Most files reviewed in one run; the rest is listed as not reviewed.'),
    'max-changed-lines': zod__WEBPACK_IMPORTED_MODULE_4__/* .int */ .Whr()
        .min(1)
        .max(100_000)
        .default(3000)
        .describe('A file with more changed lines than this is listed as not reviewed.'),
    'max-comments': zod__WEBPACK_IMPORTED_MODULE_4__/* .int */ .Whr()
        .min(0)
        .max(50)
        .default(10)
        .describe('Most line comments in one run; the rest stands in the summary.'),
    'min-severity': _ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__/* .Severity */ .AI.default('low').describe('Findings below this severity are counted, not shown.'),
    'min-confidence': zod__WEBPACK_IMPORTED_MODULE_4__/* .number */ .aig()
        .min(0)
        .max(1)
        .default(0)
        .describe('Findings below this confidence are counted, not shown.'),
    'fail-on': zod__WEBPACK_IMPORTED_MODULE_4__/* ["enum"] */ .k5n([..._ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__/* .Severity */ .AI.options, 'never'])
        .default('never')
        .describe('The check fails when a finding of this severity or above is shown.'),
    'review-drafts': zod__WEBPACK_IMPORTED_MODULE_4__/* .boolean */ .zMY().default(false).describe('Whether draft pull requests are reviewed.'),
    commands: zod__WEBPACK_IMPORTED_MODULE_4__/* .strictObject */ .rej({
        allow: zod__WEBPACK_IMPORTED_MODULE_4__/* ["enum"] */ .k5n(['read', 'triage', 'write', 'maintain', 'admin'])
            .default('write')
            .describe('Least role in the repository that may give commands and decline findings.'),
    })
        .default({ allow: 'write' })
        .describe('Who may talk to the reviewer.'),
    personas: zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_4__/* .strictObject */ .rej({
        login: _ai_review_protocol_persona__WEBPACK_IMPORTED_MODULE_1__/* .Login */ .az.describe('Account of the person, who has to agree as well.'),
        name: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()
            .regex(/^[\p{L}\p{N}][\p{L}\p{N} .'’()-]{0,59}$/u)
            .optional()
            .describe('How the person is called in what is written in their style; the login where left out.'),
        paths: Globs.default([]).describe('Globs of files that this voice reviews unasked, beside the reviewer; none: it speaks when asked.'),
        codeowners: zod__WEBPACK_IMPORTED_MODULE_4__/* .boolean */ .zMY()
            .default(false)
            .describe('Whether it also reviews unasked the files that CODEOWNERS gives to the person.'),
        refresh: zod__WEBPACK_IMPORTED_MODULE_4__/* ["enum"] */ .k5n(['never', 'weekly'])
            .default('never')
            .describe('How often its adapter is trained again on newer comments.'),
    }))
        .max(50)
        .superRefine((personas, context) => {
        const logins = personas.map(({ login }) => login.toLowerCase());
        logins.forEach((login, index) => {
            if (logins.indexOf(login) === index)
                return;
            context.addIssue({ code: 'custom', path: [index, 'login'], message: 'is listed twice' });
        });
    })
        .default([])
        .describe('People in whose style reviews may be written, if they agree.'),
    effort: _ai_review_protocol_review__WEBPACK_IMPORTED_MODULE_2__/* .Effort */ .Pg.optional().describe('How thorough to be; left out, the server chooses what meets the deadline.'),
    language: zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N} ()-]{1,39}$/u)
        .optional()
        .describe('Language of the comments, such as `English` or `pt-BR`.'),
    rules: zod__WEBPACK_IMPORTED_MODULE_4__/* .strictObject */ .rej({
        disable: zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_4__/* .string */ .YjP().min(1).max(200))
            .max(500)
            .default([])
            .describe('Ids of rules that are never raised.'),
    })
        .default({ disable: [] })
        .describe('Settings of the deterministic rules.'),
    instructions: zod__WEBPACK_IMPORTED_MODULE_4__/* .array */ .YOg(Instruction)
        .max(policyLimits.instructions)
        .default([])
        .describe('Guidance for the files that match the globs.'),
})
    .describe('Policy of ai-review: what is reviewed, what is shown, and when the check fails.');
/** What holds where the repository says nothing. */
const defaultPolicy = Policy.parse({});


/***/ }),

/***/ 1677:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $W: () => (/* binding */ renderRefusal),
/* harmony export */   IV: () => (/* binding */ renderModelAnswer),
/* harmony export */   TO: () => (/* binding */ renderDeclined),
/* harmony export */   UF: () => (/* binding */ renderCommandFailure),
/* harmony export */   W5: () => (/* binding */ renderHelp),
/* harmony export */   YB: () => (/* binding */ renderNothingNew),
/* harmony export */   Z_: () => (/* binding */ renderClosed),
/* harmony export */   Zv: () => (/* binding */ renderMistake),
/* harmony export */   cp: () => (/* binding */ renderNoAnswer),
/* harmony export */   "in": () => (/* binding */ commandSpan)
/* harmony export */ });
/* unused harmony export mistakeSentences */
/* harmony import */ var _code_block_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8663);
/* harmony import */ var _inert_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8576);


/** Why a command could not be carried out as it was written. */
const mistakeSentences = {
    'unknown-flag': 'The command holds a flag that does not exist.',
    'bad-effort': 'The effort is one of `quick`, `standard` and `deep`.',
    'bad-username': 'What stands where a name can stand is not the name of an account.',
    'extra-words': 'The command holds more words than a command has.',
    'name-missing': '`--force-reload` needs the name of a person.',
    'opt-in-for-another': '`--opt-in` is said by the person themselves, without a name.',
    'mixed-flags': '`--opt-in` and `--forget` stand alone, without other flags.',
};
/** The commands, and the one sentence on who may give them. `least` is a role in the repository. */
function renderHelp(mentionName, least) {
    return [
        'These are the commands. One comment holds one of them, at the start of a line.',
        [
            `- ${commandSpan(mentionName)}: review what is new`,
            `- ${commandSpan(mentionName, '--full')}: read the whole change again`,
            `- ${commandSpan(mentionName, '--effort deep')}: the same, more thoroughly; also \`quick\` and \`standard\``,
            `- ${commandSpan(mentionName, 'username')}: a review in the style of that person, if the policy lists them and they agreed`,
            `- ${commandSpan(mentionName, 'username --force-reload')}: the same, after reading their past comments anew`,
            `- ${commandSpan(mentionName, '--opt-in')}: you agree to reviews in your style, where the policy lists you`,
            `- ${commandSpan(mentionName, '--forget')}: everything learnt from your comments is removed; with a name, for another, by an admin`,
            `- ${commandSpan(mentionName, '--help')}: this list`,
        ].join('\n'),
        `A reply in a thread of a finding is answered there; "won't fix" or "false positive" declines the finding. ${mayCommand(least)}`,
    ].join('\n\n');
}
function renderMistake(problem, mentionName) {
    return `${mistakeSentences[problem]} Nothing was done. ${commandSpan(mentionName, '--help')} lists the commands.`;
}
/** Said once to a person who may not give commands. */
function renderRefusal(least) {
    return `Thank you, but this command was not carried out. ${mayCommand(least)} Any of them can give it.`;
}
function renderClosed() {
    return 'The pull request is closed, so it was not reviewed. If it is opened again, repeat the command.';
}
function renderNothingNew(mentionName) {
    return `Nothing changed since the last review, so there was nothing to read. ${commandSpan(mentionName, '--full')} reads everything again.`;
}
/** Why a command came to nothing, whichever it was; the three parts are those of a ReviewError. */
function renderCommandFailure(failure) {
    return `The command could not be carried out. ${(0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inertLine */ .F)(failure.message)} ${(0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inertLine */ .F)(failure.hint)} (${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)(failure.code)})`;
}
/** A model's answer to a person, inert, with the name of who wrote it. */
function renderModelAnswer(answer, model) {
    const author = model === null ? 'a model' : (0,_code_block_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)(model);
    return `${(0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inertMarkdown */ .I)(answer)}\n\nWritten by ${author}; it can be wrong.`;
}
const noAnswers = {
    'no-model': 'No model is configured on the review server, so questions in this thread cannot be answered; the finding comes from a rule.',
    deadline: 'There was not enough time to write an answer. A new reply asks again.',
    'engine-failed': 'The model could not be reached, so there is no answer. A new reply asks again.',
    'invalid-answer': 'The model gave no answer that could be used. A new reply asks again.',
    refused: 'The model declined to answer.',
};
/** One honest sentence where the model said nothing that could be shown. */
function renderNoAnswer(reason) {
    return noAnswers[reason];
}
function renderDeclined() {
    return 'Noted: this finding is declined and will not be raised again, unless new evidence makes it more severe.';
}
/** A command to copy: the name is letters, digits and dashes, and the flags are ours. GitHub finds no mention in code. */
function commandSpan(mentionName, flags = '') {
    return `\`${`@${mentionName} ${flags}`.trim()}\``;
}
function mayCommand(least) {
    return `Commands are taken from people whose role in this repository is ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)(least)} or above.`;
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


/***/ })

};
