export const id = 727;
export const ids = [727];
export const modules = {

/***/ 3119:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   en: () => (/* binding */ FileToReview),
/* harmony export */   lE: () => (/* binding */ ChangedFile),
/* harmony export */   mn: () => (/* binding */ Side)
/* harmony export */ });
/* unused harmony exports HunkLine, Hunk, FileStatus */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7597);

/** Which side of the diff a line stands on, in GitHub's words: LEFT holds deletions, RIGHT additions and context. */
const Side = zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['LEFT', 'RIGHT']);
const LineNumber = zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(1).max(10_000_000);
const Path = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().min(1).max(4096);
/** One line of a hunk. `oldLine`/`newLine` are 1-based line numbers in the file before and after the change. */
const HunkLine = zod__WEBPACK_IMPORTED_MODULE_0__/* .discriminatedUnion */ .gMt('kind', [
    zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('added'), text: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), newLine: LineNumber }),
    zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('deleted'), text: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), oldLine: LineNumber }),
    zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({ kind: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('context'), text: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), oldLine: LineNumber, newLine: LineNumber }),
]);
/** A contiguous piece of a unified diff. `identity` names its content whatever its position: it survives a rebase. */
const Hunk = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    oldStart: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0),
    oldLines: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0),
    newStart: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0),
    newLines: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0),
    section: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(500),
    identity: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/),
    lines: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(HunkLine).min(1),
});
const FileStatus = zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['added', 'modified', 'deleted', 'renamed', 'copied', 'type-changed']);
/** A file selected for review. `headText` is its whole text after the change, where the Action could read it. */
const FileToReview = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    path: Path,
    previousPath: Path.optional(),
    status: FileStatus,
    hunks: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(Hunk).min(1),
    headText: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().max(2_000_000).optional(),
});
/** Every file of the change, reviewed or not, so that the model knows the neighbourhood. */
const ChangedFile = zod__WEBPACK_IMPORTED_MODULE_0__/* .strictObject */ .rej({
    path: Path,
    status: FileStatus,
    additions: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0),
    deletions: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().min(0),
});


/***/ }),

/***/ 7858:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AI: () => (/* binding */ Severity),
/* harmony export */   b7: () => (/* binding */ Category),
/* harmony export */   gO: () => (/* binding */ severities),
/* harmony export */   wI: () => (/* binding */ Finding)
/* harmony export */ });
/* unused harmony exports categories, ReviewerName, Evidence, findingLimits */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7597);
/* harmony import */ var _change_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3119);


/** Most severe first. */
const severities = ['critical', 'high', 'medium', 'low'];
const Severity = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(severities);
const categories = [
    'bug',
    'security',
    'performance',
    'concurrency',
    'error-handling',
    'api-design',
    'maintainability',
    'testing',
    'documentation',
    'style',
];
const Category = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(categories);
/** Who raised a finding. */
const ReviewerName = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['model', 'patterns', 'secrets', 'text', 'persona']);
/** What a finding rests on: a rule by its id, a guideline by its path, a past comment as `<pull request>#<comment>` in numbers. */
const Evidence = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    kind: zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['rule', 'guideline', 'past-comment']),
    reference: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(500),
});
/** Longest texts that the server sends; the Action relies on them when it fits bodies into GitHub's limits. */
const findingLimits = { title: 120, body: 1500, suggestion: 4000, evidence: 5 };
/**
 * A remark on one line, or on the lines `startLine`..`line`, of one side of one file.
 * `suggestion` is the text that replaces exactly these lines; '' deletes them.
 * `identity` is the same whenever path, category and flagged text are, however the finding is worded.
 * `flagged` is the first half of the SHA-256 of the flagged text alone: a finding is known again by it where its file moved.
 * `voice` is the login of the person in whose style it is written.
 * `seal` is the server's signature over what the finding's mark will carry; see `seal.ts`.
 */
const Finding = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    path: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1),
    side: _change_js__WEBPACK_IMPORTED_MODULE_0__/* .Side */ .mn,
    startLine: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).optional(),
    line: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1),
    category: Category,
    severity: Severity,
    confidence: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().min(0).max(1),
    title: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(findingLimits.title),
    body: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(findingLimits.body),
    suggestion: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().max(findingLimits.suggestion).optional(),
    evidence: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(Evidence).max(findingLimits.evidence),
    reviewer: ReviewerName,
    identity: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/),
    flagged: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()
        .regex(/^[0-9a-f]{32}$/)
        .optional(),
    voice: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().min(1).max(39).optional(),
    seal: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/),
});


/***/ }),

/***/ 3352:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ Problem)
/* harmony export */ });
/* unused harmony export problemCodes */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7597);

const problemCodes = (/* unused pure expression or super */ null && ([
    'bad-request',
    'unauthorized',
    'not-found',
    'not-your-repository',
    'not-by-this-run',
    'conflict',
    'too-large',
    'queue-full',
    'deadline-too-short',
    'superseded',
    'cancelled',
    'no-consent',
    'too-few-samples',
    'training-off',
    'no-personas',
    'engine-unavailable',
    'storage-unavailable',
    'issuer-unavailable',
    'shutting-down',
    'internal',
]));
/** Why the server did not do what was asked (RFC 9457, with our code and a hint on what to change). Never holds text of a change. */
const Problem = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    code: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    title: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    hint: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    retryable: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
});


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

/***/ 5875:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ae: () => (/* binding */ RepositoryName),
/* harmony export */   Pg: () => (/* binding */ Effort),
/* harmony export */   RS: () => (/* binding */ Done),
/* harmony export */   W7: () => (/* binding */ requestLimits),
/* harmony export */   cv: () => (/* binding */ Accepted),
/* harmony export */   ke: () => (/* binding */ Progress),
/* harmony export */   o6: () => (/* binding */ ChangeName)
/* harmony export */ });
/* unused harmony exports efforts, AskedPersona, Guideline, RepositoryRule, ReviewRequest, NotReachedReason, FileCoverage, Usage, Provenance, Notice, Discarded, EarlierState, EarlierFinding, PersonaShare, ReviewResult */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7597);
/* harmony import */ var _change_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3119);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7858);
/* harmony import */ var _seal_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2694);




const efforts = ['quick', 'standard', 'deep'];
const Effort = zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(efforts);
const Sha = zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const RepositoryName = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    id: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1),
    owner: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(100),
    name: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(100),
});
/** A pull request at a head. Number 0 is a local branch. */
const ChangeName = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({ number: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0), headSha: Sha, baseSha: Sha });
/**
 * In whose style to review. `beside`: their voice joins the review on `files` only, as the policy routes them; otherwise
 * it alone speaks, on the whole change, whatever was read before.
 */
const AskedPersona = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    id: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(1),
    login: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(39),
    name: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(60).optional(),
    beside: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY(),
    files: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(4096)).max(3000).optional(),
});
/** Limits of one request; beyond them the server answers 413 or 400 and the Action says what was not reviewed. */
const requestLimits = {
    bytes: 32 * 1024 * 1024,
    files: 3000,
    guidelines: 40,
    guidelineBytes: 65_536,
    rules: 100,
    marks: 2000,
    ledgers: 10,
};
/** A passage of a style file of the repository at the base commit. `directory` is '' for the root: the nearest wins. */
const Guideline = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    path: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(4096),
    directory: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().max(4096),
    text: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(requestLimits.guidelineBytes),
});
/** An ast-grep rule file of the repository (`.github/ai-review/rules/*.yml`) at the base commit. */
const RepositoryRule = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    path: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(4096),
    text: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(1).max(65_536),
});
/**
 * `POST /v1/reviews`. Sent by the Action, checked strictly by the server. `deadlineMs` is the time left, from receipt.
 * Hunks that the newest believed ledger names are settled: the model does not read them again, unless `full` asks for
 * it. Marks and ledgers come oldest first.
 * `asked`: a person waits for this one, so it goes first.
 */
const ReviewRequest = zod__WEBPACK_IMPORTED_MODULE_3__/* .strictObject */ .rej({
    repository: RepositoryName,
    change: ChangeName,
    policyHash: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/),
    effort: Effort.optional(),
    deadlineMs: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr()
        .min(1000)
        .max(6 * 3600 * 1000),
    language: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().min(2).max(40).optional(),
    disabledRules: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().max(200)).max(500).default([]),
    changedFiles: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_change_js__WEBPACK_IMPORTED_MODULE_0__/* .ChangedFile */ .lE).max(requestLimits.files),
    files: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_change_js__WEBPACK_IMPORTED_MODULE_0__/* .FileToReview */ .en).max(requestLimits.files),
    guidelines: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(Guideline).max(requestLimits.guidelines).default([]),
    rules: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(RepositoryRule).max(requestLimits.rules).default([]),
    marks: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_seal_js__WEBPACK_IMPORTED_MODULE_2__/* .Mark */ .CU).max(requestLimits.marks).default([]),
    ledgers: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_seal_js__WEBPACK_IMPORTED_MODULE_2__/* .Ledger */ .Oc).max(requestLimits.ledgers).optional(),
    full: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY().optional(),
    asked: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY().optional(),
    persona: AskedPersona.optional(),
});
/** Why a file, or a part of it, was not read by the model. */
const NotReachedReason = zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n([
    'deadline',
    'too-large',
    'engine-failed',
    'invalid-answer',
    'refused',
    'cancelled',
]);
/** What happened to one requested file. `reviewedHunks` of `hunks` were read by every reviewer that took part. */
const FileCoverage = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    path: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    hunks: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    reviewedHunks: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    reason: NotReachedReason.optional(),
});
/** Tokens and milliseconds. `engineMs` sums over calls, so it may exceed `totalMs`. */
const Usage = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    promptTokens: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    completionTokens: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    modelCalls: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    cachedBatches: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    batches: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    engineMs: zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig().min(0),
    totalMs: zod__WEBPACK_IMPORTED_MODULE_3__/* .number */ .aig().min(0),
});
/** What produced the answer. `model` is null when no model is configured: only the deterministic reviewers took part. */
const Provenance = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    serverVersion: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    model: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().nullable(),
    modelHash: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().nullable(),
    adapter: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().nullable(),
    promptVersion: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    promptHash: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    policyHash: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    reviewers: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
});
/** A repository rule that could not be used, or another thing its maintainer should mend. Plain sentences of ours. */
const Notice = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    code: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    path: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().optional(),
    message: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().max(500),
});
/** Findings that did not survive: counted, so that nothing is dropped silently. */
const Discarded = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    disproved: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    duplicate: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    invalid: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
});
/**
 * What became of a finding that was said before. `settled`: its text stands in a hunk that is not read again.
 * `changed`: it stands in one that is read again because a believed ledger does not name it. `reread`: it stands in one
 * that is read again, and nobody knows whether it changed: there is no believed ledger, or `full` was asked for.
 * `gone`: it stands nowhere in the files under review.
 */
const EarlierState = zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(['settled', 'changed', 'reread', 'gone']);
/** A finding said before under a believed mark. `severity` is the highest that a mark gives; absent on old marks. */
const EarlierFinding = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    identity: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    state: EarlierState,
    severity: _finding_js__WEBPACK_IMPORTED_MODULE_1__/* .Severity */ .AI.optional(),
    category: _finding_js__WEBPACK_IMPORTED_MODULE_1__/* .Category */ .b7.optional(),
    declined: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY(),
});
/**
 * First event of a stream. `trusted` holds the identities among the request's marks whose seal is the server's own,
 * `earlier` tells what became of each finding among them, and `settled` names the hunks that are not read again, as a
 * ledger does.
 */
const Accepted = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    id: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    queue: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    effort: Effort,
    trusted: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    earlier: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(EarlierFinding).optional(),
    settled: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()).optional(),
});
/** `stage` is one of the pipeline's; numbers only, never text of the change. */
const Progress = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    stage: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(['queued', 'plan', 'review', 'verify', 'rank']),
    done: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    total: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
});
/**
 * How the asked persona took part. `adapter`: by a trained adapter with retrieval; `retrieval`: by past comments alone;
 * `absent`: there is no consent, there are too few comments, or no model. `near`: places that had a past comment near
 * them; elsewhere it kept silent. `card`: path of its page on the server, or its whole address.
 */
const PersonaShare = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    login: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    name: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().optional(),
    by: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(['adapter', 'retrieval', 'absent']),
    adapter: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().nullable(),
    arm: zod__WEBPACK_IMPORTED_MODULE_3__/* ["enum"] */ .k5n(['live', 'canary', 'none']),
    near: zod__WEBPACK_IMPORTED_MODULE_3__/* .int */ .Whr().min(0),
    card: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP().nullable(),
});
/**
 * Last event of a stream. `summarySeal` vouches for the review body of this run; `complete` is false if any hunk was not
 * read. `ledger` names the hunks of this change that a model has read, now or before; absent where there is none.
 */
const Done = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    complete: zod__WEBPACK_IMPORTED_MODULE_3__/* .boolean */ .zMY(),
    coverage: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(FileCoverage),
    discarded: Discarded,
    usage: Usage,
    provenance: Provenance,
    notices: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(Notice),
    summarySeal: zod__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(),
    // Open like every answer, unlike the ledger of a request.
    ledger: zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc(_seal_js__WEBPACK_IMPORTED_MODULE_2__/* .Ledger */ .Oc.shape).optional(),
    persona: PersonaShare.optional(),
});
/** The JSON answer of `POST /v1/reviews` and `GET /v1/reviews/{id}`: the stream, folded. */
const ReviewResult = zod__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ikc({
    accepted: Accepted,
    findings: zod__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .Finding */ .wI),
    done: Done,
});


/***/ }),

/***/ 2694:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CU: () => (/* binding */ Mark),
/* harmony export */   Oc: () => (/* binding */ Ledger),
/* harmony export */   rj: () => (/* binding */ summaryIdentity),
/* harmony export */   wf: () => (/* binding */ longestLedger),
/* harmony export */   yJ: () => (/* binding */ longestFlaggedRange)
/* harmony export */ });
/* unused harmony export SealKind */
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7597);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7858);


const Hex64 = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{64}$/);
const Hex32 = zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{32}$/);
/** What a hidden marker may vouch for. `declined`: a person with the right to do so declined the finding. */
const SealKind = zod__WEBPACK_IMPORTED_MODULE_1__/* ["enum"] */ .k5n(['finding', 'summary', 'declined']);
/** Identity under which a summary is sealed: there is one summary for a head, so nothing else needs naming. */
const summaryIdentity = '0'.repeat(64);
/** Most lines that a mark counts: a longer range is not looked for in later heads. */
const longestFlaggedRange = 200;
/**
 * What a hidden marker on one of our comments carries. Every workflow of a repository posts as the same bot,
 * so only the server's HMAC over (repository id, pull request and all other fields) proves that a comment is ours.
 * `severity` to `flagged` stand on marks of findings, all or none: how severe it was said to be, and by what it is
 * known again: the number of flagged lines, and the hash of their text (`Finding.flagged`). `voice` stands on findings in
 * the style of a person: what others do not find again is not thereby fixed.
 */
const Mark = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    kind: SealKind,
    head: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{40,64}$/),
    identity: Hex64,
    seal: Hex64,
    severity: _finding_js__WEBPACK_IMPORTED_MODULE_0__/* .Severity */ .AI.optional(),
    category: _finding_js__WEBPACK_IMPORTED_MODULE_0__/* .Category */ .b7.optional(),
    lines: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().min(1).max(longestFlaggedRange).optional(),
    flagged: Hex32.optional(),
    voice: zod__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .euz('persona').optional(),
});
/** Most hunks that one ledger names; those beyond are read again. */
const longestLedger = 4000;
/**
 * Which hunks of a pull request a model has read, each by the first 32 digits of its identity, as often as it stands in
 * the change. It lies hidden in our check and our review, and is believed only with the server's seal.
 */
const Ledger = zod__WEBPACK_IMPORTED_MODULE_1__/* .strictObject */ .rej({
    head: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().regex(/^[0-9a-f]{40,64}$/),
    hunks: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(Hex32).max(longestLedger),
    seal: Hex64,
});


/***/ }),

/***/ 6199:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ parseDiff)
});

;// CONCATENATED MODULE: ./src/diff/git-name.ts
const SIMPLE_ESCAPES = {
    a: '\u0007',
    b: '\b',
    t: '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    '"': '"',
    '\\': '\\',
};
// Quoted text alternates between runs without an escape and single escapes.
const QUOTED_PART = /([^"\\]+)|\\(?:([0-3][0-7]{2})|([abtnvfr"\\]))/y;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
/** The bytes of a C-quoted string that starts at `text[0] === '"'`, and the index behind its closing quote. */
function quotedBytes(text) {
    // One character per byte, which is cheaper than a buffer per escape.
    let latin1 = '';
    let end = 1;
    QUOTED_PART.lastIndex = end;
    for (let part = QUOTED_PART.exec(text); part !== null; part = QUOTED_PART.exec(text)) {
        const [, plain, octal, simple = ''] = part;
        if (plain !== undefined)
            latin1 += Buffer.from(plain, 'utf8').toString('latin1');
        else
            latin1 += octal === undefined ? SIMPLE_ESCAPES[simple] : String.fromCharCode(Number.parseInt(octal, 8));
        end = QUOTED_PART.lastIndex;
    }
    return text[end] === '"' ? { bytes: Buffer.from(latin1, 'latin1'), end: end + 1 } : null;
}
function readQuoted(text) {
    const quoted = quotedBytes(text);
    if (quoted === null)
        return { kind: 'unreadable', reason: 'the quoted name is broken' };
    if (quoted.bytes.includes(0))
        return { kind: 'unreadable', reason: 'the name holds a NUL' };
    return { kind: 'name', name: utf8.decode(quoted.bytes), rest: text.slice(quoted.end) };
}
/**
 * Reads a name as git writes it: C-quoted with octal bytes where it holds odd characters, plain otherwise.
 * A plain name ends at the first tab, behind which diff puts a timestamp. Bytes that are not UTF-8 become U+FFFD, in
 * the name as in the rest of the diff.
 */
function readGitName(text) {
    if (text.startsWith('"'))
        return readQuoted(text);
    const tab = text.indexOf('\t');
    const name = tab === -1 ? text : text.slice(0, tab);
    if (name.includes('\0'))
        return { kind: 'unreadable', reason: 'the name holds a NUL' };
    return { kind: 'name', name, rest: tab === -1 ? '' : text.slice(tab) };
}
/** Takes up to `count` leading directories off, as `git apply -p` does; the last component always stays. */
function stripDirectories(name, count) {
    let start = 0;
    for (let taken = 0; taken < count; taken += 1) {
        const slash = name.indexOf('/', start);
        if (slash === -1)
            break;
        start = slash + 1;
    }
    return name.slice(start);
}

;// CONCATENATED MODULE: ./src/diff/file-header.ts

const CONTENT_MISSING = 'the change itself is missing behind the header';
const MODE = /^[0-7]{6}$/;
const BINARY = /^(?:GIT binary patch$|Binary files .* differ$)/s;
/** Starts the header of a file in a diff that git made. */
const GIT_HEADER = 'diff --git ';
function readMode(text, draft) {
    if (MODE.test(text))
        return text;
    draft.fault = 'a file mode is not readable';
    return null;
}
const BLOBS = /^([0-9a-f]+)\.\.([0-9a-f]+)(?: |$)/;
/** `index <old>..<new> <mode>`: the mode stands there only where both sides have the same one. */
function readIndex(value, draft) {
    const [, oldBlob, newBlob] = BLOBS.exec(value) ?? [];
    draft.blobsDiffer = oldBlob !== newBlob;
    const blank = value.indexOf(' ');
    if (blank === -1)
        return;
    const mode = readMode(value.slice(blank + 1), draft);
    draft.oldMode ??= mode;
    draft.newMode ??= mode;
}
const fields = {
    'old mode ': (value, draft) => {
        draft.oldMode = readMode(value, draft);
    },
    'new mode ': (value, draft) => {
        draft.newMode = readMode(value, draft);
    },
    'deleted file mode ': (value, draft) => {
        draft.isDeleted = true;
        draft.oldMode = readMode(value, draft);
    },
    'new file mode ': (value, draft) => {
        draft.isNew = true;
        draft.newMode = readMode(value, draft);
    },
    'rename from ': (value, draft) => {
        draft.from = readGitName(value);
    },
    'rename to ': (value, draft) => {
        draft.to = readGitName(value);
    },
    'copy from ': (value, draft) => {
        draft.isCopy = true;
        draft.from = readGitName(value);
    },
    'copy to ': (value, draft) => {
        draft.isCopy = true;
        draft.to = readGitName(value);
    },
    'similarity index ': () => { },
    'dissimilarity index ': () => { },
    'index ': readIndex,
};
const FIELD = /^(?:(?:old|new|deleted file|new file) mode|(?:rename|copy) (?:from|to)|(?:dis)?similarity index|index) /;
function emptyDraft(names, next) {
    return {
        names,
        oldMode: null,
        newMode: null,
        isNew: false,
        isDeleted: false,
        isCopy: false,
        from: null,
        to: null,
        oldName: null,
        newName: null,
        binary: false,
        next,
        fault: null,
        blobsDiffer: false,
    };
}
function readNamePair(lines, draft) {
    const oldLine = lines[draft.next] ?? '';
    const newLine = lines[draft.next + 1] ?? '';
    if (!newLine.startsWith('+++ ')) {
        draft.fault = 'the header ends before its second name';
        return;
    }
    draft.oldName = readGitName(oldLine.slice('--- '.length));
    draft.newName = readGitName(newLine.slice('+++ '.length));
    draft.next += 2;
    const body = lines[draft.next] ?? '';
    // Some tools name both sides of a binary file; git reads that as a file without a change.
    if (!body.startsWith('@@ ') && !body.startsWith('Binary files '))
        draft.fault = CONTENT_MISSING;
}
function readGitHeader(lines, start) {
    const draft = emptyDraft((lines[start] ?? '').slice(GIT_HEADER.length), start + 1);
    for (let line = lines[draft.next]; line !== undefined; line = lines[draft.next]) {
        const prefix = FIELD.exec(line)?.[0];
        if (prefix === undefined)
            break;
        fields[prefix]?.(line.slice(prefix.length), draft);
        draft.next += 1;
    }
    const line = lines[draft.next];
    if (line === undefined) {
        // The blobs differ, so the change was cut off. An added or deleted file may be empty.
        if (draft.blobsDiffer && !draft.isNew && !draft.isDeleted)
            draft.fault ??= CONTENT_MISSING;
    }
    else if (line.startsWith('--- '))
        readNamePair(lines, draft);
    else if (BINARY.test(line))
        draft.binary = true;
    return draft;
}
/** True where `lines[at]` opens a file: three lines in a row, because `---` alone is also a rule in a mail. */
function opensUnified(lines, at) {
    return (lines[at]?.startsWith('--- ') === true &&
        lines[at + 1]?.startsWith('+++ ') === true &&
        lines[at + 2]?.startsWith('@@ -') === true);
}
/** The header that starts at `lines[at]`, or null where none does. */
function readFileHeader(lines, at) {
    if (lines[at]?.startsWith(GIT_HEADER) === true)
        return readGitHeader(lines, at);
    if (!opensUnified(lines, at))
        return null;
    const draft = emptyDraft(null, at);
    readNamePair(lines, draft);
    return draft;
}

;// CONCATENATED MODULE: ./src/diff/header-paths.ts

const NO_FILE = '/dev/null';
function unreadable(reason) {
    return { kind: 'unreadable', reason };
}
const NOT_TOLD = unreadable('the header does not tell which file is meant');
function pathsOf(oldPath, newPath) {
    if (oldPath === null && newPath === null)
        return unreadable('neither side names a file');
    if (oldPath === '' || newPath === '')
        return unreadable('a name is empty');
    return { kind: 'paths', old: oldPath, new: newPath };
}
/** The two names behind `diff --git `, where they can be told apart without a further line. */
function splitNames(names) {
    if (names.startsWith('"')) {
        const left = readGitName(names);
        return [left, left.kind === 'name' ? readGitName(left.rest.slice(1)) : left];
    }
    // Plain names may hold blanks. Only equal paths stand here alone, and git's prefixes are of one length,
    // so the blank between them is the one in the middle.
    const middle = (names.length - 1) / 2;
    if (names[middle] !== ' ')
        return [NOT_TOLD, NOT_TOLD];
    return [readGitName(names.slice(0, middle)), readGitName(names.slice(middle + 1))];
}
/** How many leading directories are prefix: none where both names agree as they stand. */
function gitPrefixDepth(names) {
    const [left, right] = splitNames(names);
    return left.kind === 'name' && right.kind === 'name' && left.name === right.name ? 0 : 1;
}
function unifiedPrefixDepth(oldName, newName) {
    const fits = (side, prefix) => side.kind === 'name' && (side.name === NO_FILE || side.name.startsWith(prefix));
    return fits(oldName, 'a/') && fits(newName, 'b/') ? 1 : 0;
}
function fromNames(oldName, newName, depth) {
    if (oldName.kind === 'unreadable')
        return oldName;
    if (newName.kind === 'unreadable')
        return newName;
    const pathOf = (name) => (name === NO_FILE ? null : stripDirectories(name, depth));
    return pathsOf(pathOf(oldName.name), pathOf(newName.name));
}
function fromMove(from, to) {
    if (from === null || to === null)
        return unreadable('a rename or copy names one side only');
    return fromNames(from, to, 0);
}
function fromGitLine(names, header, depth) {
    const paths = fromNames(...splitNames(names), depth);
    if (paths.kind === 'unreadable')
        return paths;
    if (paths.old !== paths.new)
        return NOT_TOLD;
    return pathsOf(header.isNew ? null : paths.old, header.isDeleted ? null : paths.new);
}
/**
 * The paths that a header names. Lines that hold one name each are believed before the first line, whose two names
 * share it with no mark between them. `strip` is the number of leading directories that are prefix; left out, it is
 * told from the names: `a/x b/x` has one, `x x` none.
 */
function headerPaths(header, strip) {
    const { names, from, to, oldName, newName } = header;
    if (from !== null || to !== null)
        return fromMove(from, to);
    if (names === null) {
        if (oldName === null || newName === null)
            return NOT_TOLD;
        return fromNames(oldName, newName, strip ?? unifiedPrefixDepth(oldName, newName));
    }
    const depth = strip ?? gitPrefixDepth(names);
    if (oldName === null || newName === null)
        return fromGitLine(names, header, depth);
    return fromNames(oldName, newName, depth);
}

;// CONCATENATED MODULE: ./src/diff/join-type-changes.ts
/** What a mode says about the kind of entry: '100' a file, '120' a symlink, '160' a submodule. */
function typeOfMode(mode) {
    return mode.slice(0, 3);
}
function isTypeChange(deleted, added) {
    return (deleted.status === 'deleted' &&
        added.status === 'added' &&
        deleted.path === added.path &&
        deleted.oldMode !== null &&
        added.newMode !== null &&
        typeOfMode(deleted.oldMode) !== typeOfMode(added.newMode));
}
function join(deleted, added) {
    return {
        path: added.path,
        status: 'type-changed',
        oldMode: deleted.oldMode,
        newMode: added.newMode,
        binary: deleted.binary || added.binary,
        hunks: [...deleted.hunks, ...added.hunks],
        additions: added.additions,
        deletions: deleted.deletions,
        noNewlineOld: deleted.noNewlineOld,
        noNewlineNew: added.noNewlineNew,
    };
}
/**
 * Git writes a file that became a symlink or a submodule as a deletion followed by an addition of the same path.
 * GitHub counts it as one changed file, so it is one here.
 */
function joinTypeChanges(files) {
    const joined = [];
    for (const file of files) {
        const before = joined.at(-1);
        if (before !== undefined && isTypeChange(before, file))
            joined[joined.length - 1] = join(before, file);
        else
            joined.push(file);
    }
    return joined;
}

// EXTERNAL MODULE: ./src/diff/parse-hunks.ts
var parse_hunks = __webpack_require__(6856);
// EXTERNAL MODULE: ./src/diff/split-diff.ts
var split_diff = __webpack_require__(1867);
;// CONCATENATED MODULE: ./src/diff/parse-diff.ts





function statusOf(header, paths) {
    if (paths.old === null)
        return 'added';
    if (paths.new === null)
        return 'deleted';
    if (header.from !== null)
        return header.isCopy ? 'copied' : 'renamed';
    const { oldMode, newMode } = header;
    const sameType = oldMode === null || newMode === null || typeOfMode(oldMode) === typeOfMode(newMode);
    return sameType ? 'modified' : 'type-changed';
}
function buildFile(header, paths, parsed) {
    const status = statusOf(header, paths);
    const moved = status === 'renamed' || status === 'copied';
    return {
        path: paths.new ?? paths.old ?? '',
        ...(moved && paths.old !== null ? { previousPath: paths.old } : {}),
        status,
        oldMode: status === 'added' ? null : header.oldMode,
        newMode: status === 'deleted' ? null : header.newMode,
        binary: header.binary,
        hunks: parsed.hunks,
        ...(0,split_diff/* countChanges */.x)(parsed.hunks),
        noNewlineOld: parsed.noNewlineOld,
        noNewlineNew: parsed.noNewlineNew,
    };
}
function noHunks(next) {
    return { hunks: [], noNewlineOld: false, noNewlineNew: false, next, fault: null };
}
/** Git quotes a carriage return in a name: a bare one at the end came with the transport of a broken diff. */
function reportedPath(paths) {
    const path = paths.new ?? paths.old;
    return path?.endsWith('\r') === true ? null : path;
}
function readFile(reading, header) {
    const { lines } = reading;
    const hasHunks = header.fault === null && lines[header.next]?.startsWith('@@') === true;
    const parsed = hasHunks ? (0,parse_hunks/* parseHunks */.F)(lines, header.next) : noHunks(header.next);
    reading.at = parsed.next;
    const paths = headerPaths(header, reading.strip);
    if (paths.kind === 'unreadable') {
        reading.rejected.push({ path: null, reason: paths.reason });
        return;
    }
    const fault = header.fault ?? parsed.fault;
    if (fault !== null)
        reading.rejected.push({ path: reportedPath(paths), reason: fault });
    else
        reading.files.push(buildFile(header, paths, parsed));
}
const COMBINED = /^diff --(?:cc|combined) /;
const ESCAPE = '\u001B[';
const FOLLOWS_BROKEN_FILE = 'what follows a broken file cannot be told from its content';
/** Lines that open what can never be reviewed. */
function unreviewable(line) {
    if (COMBINED.test(line))
        return { path: null, reason: 'a combined diff of a merge has no two sides' };
    if (line.startsWith(ESCAPE) && line.includes(GIT_HEADER))
        return { path: null, reason: 'the diff is coloured' };
    if (line.startsWith('@@ -'))
        return { path: null, reason: 'a hunk belongs to no file' };
    return null;
}
function opensNextFile(line) {
    return line.startsWith('diff --') || line.startsWith('Index: ');
}
/** Moves behind the rest of a file: its binary data, or what follows a fault. */
function skipRest(reading) {
    while (reading.at < reading.lines.length && !opensNextFile(reading.lines[reading.at] ?? ''))
        reading.at += 1;
}
/** Without a line that only a header can be, a file behind a broken one cannot be told from content of that one. */
function rejectFollowers(reading, start) {
    for (let at = start; at < reading.at; at += 1) {
        if (!opensUnified(reading.lines, at))
            continue;
        reading.rejected.push({ path: null, reason: FOLLOWS_BROKEN_FILE });
        return;
    }
}
function readNext(reading) {
    const header = readFileHeader(reading.lines, reading.at);
    if (header !== null) {
        const rejectedBefore = reading.rejected.length;
        readFile(reading, header);
        const isRejected = reading.rejected.length > rejectedBefore;
        if (isRejected || header.binary)
            skipRest(reading);
        if (isRejected && header.names === null)
            rejectFollowers(reading, header.next);
        return;
    }
    const line = reading.lines[reading.at] ?? '';
    reading.at += 1;
    const refused = unreviewable(line);
    if (refused === null)
        return;
    reading.rejected.push(refused);
    skipRest(reading);
}
/**
 * Reads a unified diff: what git writes in any of its forms, and what diff, svn and hg write. Never throws. A file that
 * cannot be trusted (cut, counts that disagree, a name that is not told) is rejected with a reason and the others
 * stand. Paths are data: git would refuse some of them, so nothing may be opened by them. Where a path comes twice,
 * as in `git log -p`, it is listed twice. Takes time linear in the length of the text.
 */
function parseDiff(diff, options = {}) {
    const { lines, cut } = (0,split_diff/* splitDiff */.w)(diff);
    const reading = { lines, strip: options.strip, files: [], rejected: [], at: 0 };
    while (reading.at < lines.length)
        readNext(reading);
    if (cut)
        rejectLast(reading);
    return { files: joinTypeChanges(reading.files), rejected: reading.rejected };
}
/** The text ends in the middle of a character, so the file it ends in is not whole. */
function rejectLast(reading) {
    const last = reading.files.pop();
    if (last !== undefined) {
        reading.rejected.push({ path: last.path, reason: 'the diff ends in the middle of a character' });
    }
}


/***/ }),

/***/ 6856:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ parseHunks)
/* harmony export */ });
// Fifteen digits stay below 2^53, so that every sum of a start and a count is exact.
const HUNK_HEADER = /^@@ -(\d{1,15})(?:,(\d{1,15}))? \+(\d{1,15})(?:,(\d{1,15}))? @@([^\n]*)$/;
function parseHunkHeader(line) {
    const match = HUNK_HEADER.exec(line);
    if (match === null)
        return null;
    const [, oldStart, oldLines = '1', newStart, newLines = '1', section = ''] = match;
    const header = {
        oldStart: Number(oldStart),
        oldLines: Number(oldLines),
        newStart: Number(newStart),
        newLines: Number(newLines),
        section: section.trim(),
    };
    const startsAtZero = (header.oldStart === 0 && header.oldLines > 0) || (header.newStart === 0 && header.newLines > 0);
    return startsAtZero ? null : header;
}
/** A side without lines names the line before the gap. */
function firstLine(start, count) {
    return count === 0 ? start + 1 : start;
}
function markNoNewline(progress, last) {
    if (last === undefined)
        return 'a hunk starts with a mark for the end of the file';
    if (last.kind !== 'added')
        progress.noNewlineOld = true;
    if (last.kind !== 'deleted')
        progress.noNewlineNew = true;
    return null;
}
function kindOf(line) {
    switch (line[0]) {
        case '+':
            return 'added';
        case '-':
            return 'deleted';
        case ' ':
            return 'context';
        // Mail and editors strip the blank of an empty context line; git reads it as one.
        case undefined:
            return 'context';
        case '\\':
            return 'end-of-file';
        default:
            return 'foreign';
    }
}
/** The line as the hunk's next one, or null where the header leaves no room for it or its side has ended. */
function placeLine(line, kind, body) {
    const { progress } = body;
    const onOld = kind !== 'added';
    const onNew = kind !== 'deleted';
    if (onOld && (progress.oldFree >= body.oldEnd || progress.noNewlineOld))
        return null;
    if (onNew && (progress.newFree >= body.newEnd || progress.noNewlineNew))
        return null;
    const text = line.slice(1);
    const oldLine = progress.oldFree;
    const newLine = progress.newFree;
    if (onOld)
        progress.oldFree += 1;
    if (onNew)
        progress.newFree += 1;
    if (kind === 'added')
        return { kind, text, newLine };
    if (kind === 'deleted')
        return { kind, text, oldLine };
    return { kind, text, oldLine, newLine };
}
function readLine(body, line) {
    const kind = kindOf(line);
    if (kind === 'foreign')
        return 'a hunk is shorter than its header says';
    if (kind === 'end-of-file')
        return markNoNewline(body.progress, body.lines.at(-1));
    const placed = placeLine(line, kind, body);
    if (placed === null)
        return 'a hunk does not hold the lines its header says';
    body.lines.push(placed);
    return null;
}
function readBody(body) {
    const { progress, lines } = body;
    while (progress.oldFree < body.oldEnd || progress.newFree < body.newEnd) {
        const line = progress.lines[progress.at];
        if (line === undefined)
            return 'the diff ends in the middle of a hunk';
        const fault = readLine(body, line);
        if (fault !== null)
            return fault;
        progress.at += 1;
    }
    if (progress.lines[progress.at]?.startsWith('\\') !== true)
        return null;
    progress.at += 1;
    return markNoNewline(progress, lines.at(-1));
}
function readHunk(progress) {
    const header = parseHunkHeader(progress.lines[progress.at] ?? '');
    if (header === null)
        return 'a hunk header is not readable';
    const oldFirst = firstLine(header.oldStart, header.oldLines);
    const newFirst = firstLine(header.newStart, header.newLines);
    if (oldFirst < progress.oldFree || newFirst < progress.newFree)
        return 'hunks overlap';
    progress.at += 1;
    progress.oldFree = oldFirst;
    progress.newFree = newFirst;
    const lines = [];
    const fault = readBody({
        progress,
        oldEnd: oldFirst + header.oldLines,
        newEnd: newFirst + header.newLines,
        lines,
    });
    progress.hunks.push({ ...header, lines });
    return fault;
}
/** True where the line cannot stand behind a whole hunk: it would be one more line of it. */
function overruns(lines, at) {
    const line = lines[at];
    // `-- ` alone opens the signature of a mailed patch.
    if (line === undefined || line === '' || line === '-- ')
        return false;
    if (line.startsWith('--- ') && lines[at + 1]?.startsWith('+++ ') === true)
        return false;
    return line[0] === ' ' || line[0] === '+' || line[0] === '-' || line[0] === '\\';
}
/**
 * Reads consecutive hunks from `lines[start]`, which must open one. Only the counts in the headers say where a hunk
 * ends, so content that looks like a header stays content. Takes time and memory for the lines there are,
 * whatever the headers claim.
 */
function parseHunks(lines, start) {
    const progress = {
        lines,
        hunks: [],
        at: start,
        oldFree: 1,
        newFree: 1,
        noNewlineOld: false,
        noNewlineNew: false,
    };
    let fault = null;
    while (fault === null && lines[progress.at]?.startsWith('@@') === true)
        fault = readHunk(progress);
    if (fault === null && overruns(lines, progress.at))
        fault = 'a hunk is longer than its header says';
    return {
        hunks: progress.hunks,
        noNewlineOld: progress.noNewlineOld,
        noNewlineNew: progress.noNewlineNew,
        next: progress.at,
        fault,
    };
}


/***/ }),

/***/ 1867:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ splitDiff),
/* harmony export */   x: () => (/* binding */ countChanges)
/* harmony export */ });
const utf8 = new TextDecoder();
/**
 * Splits at line feeds only: git counts neither a lone carriage return nor U+2028 as the end of a line.
 * Bytes that are not UTF-8 become U+FFFD, which never changes the number of lines. A byte order mark in front of the
 * whole diff is dropped; one in a line is content.
 */
function splitDiff(diff) {
    const text = typeof diff === 'string' ? diff : utf8.decode(diff);
    const lines = text.split('\n');
    if (lines.at(-1) === '') {
        lines.pop();
        return { lines, cut: false };
    }
    return { lines, cut: text.endsWith('\uFFFD') };
}
/** How many lines the hunks add and delete. */
function countChanges(hunks) {
    let additions = 0;
    let deletions = 0;
    for (const hunk of hunks) {
        for (const line of hunk.lines) {
            if (line.kind === 'added')
                additions += 1;
            if (line.kind === 'deleted')
                deletions += 1;
        }
    }
    return { additions, deletions };
}


/***/ }),

/***/ 7202:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fK: () => (/* binding */ fetchTree),
/* harmony export */   r0: () => (/* binding */ readContents),
/* harmony export */   sl: () => (/* binding */ fetchMergeBase),
/* harmony export */   tg: () => (/* binding */ fetchEntry)
/* harmony export */ });
/* harmony import */ var _client_github_objects_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2897);
/* harmony import */ var _client_translate_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1366);
/* harmony import */ var _local_git_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5922);



const readContents = { doing: 'reading files of the repository', permission: 'contents: read' };
/** The whole tree of a commit in one request; GitHub cuts it at 100,000 entries or 7 MB and says so. */
async function fetchTree(from, commit) {
    const answer = await getTree(from, commit, { recursive: '1' });
    return {
        entries: answer.tree.filter((row) => row.type !== 'tree').map(toEntry),
        truncated: answer.truncated ?? false,
    };
}
/** One entry of a tree that was cut: one folder after the other, so that nothing is followed but real folders. */
async function fetchEntry(from, tree, path) {
    const [name, ...rest] = path.split('/');
    const row = (await getTree(from, tree, {})).tree.find((candidate) => candidate.path === name);
    if (row === undefined)
        return undefined;
    if (rest.length === 0)
        return row.type === 'tree' ? undefined : { ...toEntry(row), path };
    if (row.type !== 'tree')
        return undefined;
    const entry = await fetchEntry(from, row.sha, rest.join('/'));
    return entry && { ...entry, path };
}
/** The commit that GitHub compares the head of a pull request with. */
function fetchMergeBase({ octokit, repository }, base, head) {
    return (0,_client_translate_error_js__WEBPACK_IMPORTED_MODULE_1__/* .translating */ .GN)(readContents, async () => {
        const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
            owner: repository.owner,
            repo: repository.name,
            basehead: `${base}...${head}`,
            // The first page would bring the changed files along.
            per_page: 1,
            page: 2,
        });
        return _client_github_objects_js__WEBPACK_IMPORTED_MODULE_0__/* .Comparison */ .Uf.parse(data).merge_base_commit.sha;
    });
}
function getTree({ octokit, repository }, sha, query) {
    return (0,_client_translate_error_js__WEBPACK_IMPORTED_MODULE_1__/* .translating */ .GN)(readContents, async () => {
        const { data } = await octokit.rest.git.getTree({
            owner: repository.owner,
            repo: repository.name,
            tree_sha: sha,
            ...query,
        });
        return _client_github_objects_js__WEBPACK_IMPORTED_MODULE_0__/* .GitTree */ .xn.parse(data);
    });
}
function toEntry(row) {
    return {
        path: row.path,
        kind: (0,_local_git_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOf */ .I)(row.mode),
        mode: row.mode,
        blob: row.sha,
        ...(row.size === undefined ? {} : { size: row.size }),
    };
}


/***/ }),

/***/ 7039:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ listChangedFiles),
  P: () => (/* binding */ toFileDiff)
});

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
// EXTERNAL MODULE: ./src/diff/parse-hunks.ts
var parse_hunks = __webpack_require__(6856);
// EXTERNAL MODULE: ./src/diff/split-diff.ts
var split_diff = __webpack_require__(1867);
;// CONCATENATED MODULE: ./src/diff/patch-of-file.ts


/**
 * Reads the `patch` that GitHub's REST API gives for one file: hunks without file headers and without a line feed
 * at the end. A patch that is cut or disagrees with its own headers is rejected as a whole.
 */
function parsePatch(patch) {
    const { lines, cut } = (0,split_diff/* splitDiff */.w)(patch);
    const parsed = (0,parse_hunks/* parseHunks */.F)(lines, 0);
    if (parsed.fault !== null)
        return { kind: 'rejected', reason: parsed.fault };
    if (cut)
        return { kind: 'rejected', reason: 'the diff ends in the middle of a character' };
    if (parsed.next < lines.length)
        return { kind: 'rejected', reason: 'the patch holds more than hunks' };
    const { hunks, noNewlineOld, noNewlineNew } = parsed;
    return { kind: 'patch', hunks, ...(0,split_diff/* countChanges */.x)(hunks), noNewlineOld, noNewlineNew };
}

// EXTERNAL MODULE: ./src/github/client/address.ts
var address = __webpack_require__(4683);
// EXTERNAL MODULE: ./src/github/client/github-objects.ts
var github_objects = __webpack_require__(2897);
;// CONCATENATED MODULE: ./src/github/change/list-changed-files.ts




/**
 * Rows behind 20,000 lines of patches in one answer come back without patch and with no changes, but whole in a
 * smaller page: such rows are read again in ever smaller pages, each size a divisor of the one before.
 */
const pageSizes = [100, 20, 5, 1];
const [pageSize] = pageSizes;
const linesOfLostPatches = 10_000;
/** Requests for smaller pages in one run; rows beyond keep the patch they lack and are told as not reviewed. */
const mostRereads = 60;
/** GitHub lists no more files than this: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const maxPages = 30;
const statuses = {
    added: 'added',
    removed: 'deleted',
    modified: 'modified',
    changed: 'modified',
    unchanged: 'modified',
    renamed: 'renamed',
    copied: 'copied',
};
/**
 * The change file by file, without modes; a file that GitHub shows no usable patch of is `withheld`.
 * Files beyond GitHub's listing are one rejected entry each, without a path.
 */
async function listChangedFiles(octokit, pullRequest) {
    const listing = { octokit, pullRequest, rereadsLeft: mostRereads, hasShortPages: false };
    const rows = [];
    for (let page = 1; page <= maxPages; page++) {
        const listed = await fetchWhole(listing, page, 0);
        rows.push(...listed);
        const isShort = listed.length < pageSize;
        if (listed.length === 0 || (isShort && rows.length >= pullRequest.changedFiles))
            break;
        listing.hasShortPages ||= isShort;
    }
    const parsed = rows.map(toFileDiff);
    return {
        files: parsed.flatMap((file) => ('reason' in file ? [] : [file])),
        rejected: [
            ...parsed.filter((file) => 'reason' in file),
            ...missing(pullRequest.changedFiles - rows.length),
        ],
    };
}
/** A page of the size at `level`, with the patches that a page of that size loses. */
async function fetchWhole(listing, page, level) {
    const size = pageSizes[level] ?? 1;
    const smaller = pageSizes[level + 1];
    const rows = await fetchPage(listing, page, size);
    const lines = rows.reduce((sum, row) => sum + row.additions + row.deletions, 0);
    if (smaller === undefined || lines < linesOfLostPatches)
        return rows;
    const parts = Array.from({ length: Math.ceil(rows.length / smaller) }, (_, part) => part);
    const whole = [];
    for (const part of parts) {
        const kept = rows.slice(part * smaller, (part + 1) * smaller);
        const isReread = kept.some(lacksPatch) && listing.rereadsLeft > 0 && !listing.hasShortPages;
        if (isReread)
            listing.rereadsLeft--;
        const firstPart = ((page - 1) * size) / smaller + 1;
        whole.push(...(isReread ? await fetchWhole(listing, firstPart + part, level + 1) : kept));
    }
    return whole;
}
/** True for rows that lost their patch, and for empty files and changes of mode, which are read again in vain. */
function lacksPatch(row) {
    return row.patch === undefined && row.additions + row.deletions === 0 && row.status !== 'renamed';
}
async function fetchPage({ octokit, pullRequest }, page, size) {
    const { data } = await octokit.rest.pulls.listFiles({
        ...(0,address/* numbered */.j)(pullRequest),
        per_page: size,
        page,
    });
    return schemas/* array */.YOg(github_objects/* ListedFile */.qp).parse(data);
}
/** A row of a listing of changed files, of a pull request or of a comparison. */
function toFileDiff(row) {
    const status = statuses[row.status];
    if (status === undefined)
        return { path: row.filename, reason: 'GitHub tells a kind of change that is not known.' };
    const patch = row.patch === undefined ? null : usable(parsePatch(row.patch));
    return {
        path: row.filename,
        ...(row.previous_filename === undefined ? {} : { previousPath: row.previous_filename }),
        status,
        oldMode: null,
        newMode: null,
        binary: false,
        ...(patch === null ? { withheld: true } : {}),
        hunks: patch?.hunks ?? [],
        additions: row.additions,
        deletions: row.deletions,
        noNewlineOld: patch?.noNewlineOld ?? false,
        noNewlineNew: patch?.noNewlineNew ?? false,
    };
}
function usable(patch) {
    return patch.kind === 'patch' ? patch : null;
}
function missing(count) {
    return Array.from({ length: Math.max(0, count) }, () => ({
        path: null,
        reason: 'GitHub lists 3,000 files of a pull request at most.',
    }));
}


/***/ }),

/***/ 5602:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ readBlobs)
/* harmony export */ });
const sha = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** Bytes that git is asked for at once. */
const atOnce = 16_000_000;
/**
 * Bytes of blobs, by two runs of git for some thousands of them; 'too-large' beyond `maxBytes`. What is not there, or is
 * no blob, is absent.
 */
async function readBlobs(git, shas, maxBytes) {
    const found = new Map();
    const named = [...new Set(shas)].filter((name) => sha.test(name));
    if (named.length === 0)
        return found;
    const listing = await git(['cat-file', '--batch-check'], linesOf(named));
    const sizes = headersIn(listing?.toString('latin1') ?? '');
    for (const [name, size] of sizes)
        if (size > maxBytes)
            found.set(name, 'too-large');
    const small = [...sizes].filter(([name]) => !found.has(name));
    for (const batch of batchesOf(small)) {
        const contents = await git(['cat-file', '--batch'], linesOf(batch));
        if (contents !== null)
            readContents(contents, found);
    }
    return found;
}
function linesOf(names) {
    return names.map((name) => `${name}\n`).join('');
}
/** `<name> SP blob SP <size>` for each that is there: https://git-scm.com/docs/git-cat-file#_batch_output */
function headersIn(text) {
    const headers = text.matchAll(/^([0-9a-f]+) blob (\d+)$/gm);
    return new Map([...headers].map(([, name = '', size]) => [name, Number(size)]));
}
function batchesOf(sizes) {
    const batches = [];
    let room = 0;
    for (const [name, size] of sizes) {
        if (size > room || batches.length === 0) {
            batches.push([]);
            room = atOnce;
        }
        batches.at(-1)?.push(name);
        room -= size;
    }
    return batches;
}
/** A header line, the bytes it counts, a line feed, and so on. */
function readContents(contents, into) {
    for (let at = 0; at < contents.length;) {
        const end = contents.indexOf(0x0a, at);
        const [header] = headersIn(contents.toString('latin1', at, Math.max(at, end)));
        if (header === undefined)
            return;
        const [name, size] = header;
        into.set(name, contents.subarray(end + 1, end + 1 + size));
        at = end + 1 + size + 1;
    }
}


/***/ }),

/***/ 5922:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ kindOf),
/* harmony export */   s: () => (/* binding */ createLocalGit)
/* harmony export */ });
/* harmony import */ var _local_blobs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5602);
/* harmony import */ var _run_git_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3736);


const sha = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/**
 * Reads a checkout through git. The working tree and the index are replaced by an empty folder, so that
 * `.gitattributes` of the head cannot declare a source file binary and hide it from the review.
 */
function createLocalGit(options) {
    const git = (0,_run_git_js__WEBPACK_IMPORTED_MODULE_0__/* .createRepositoryGit */ .lf)(options.gitDirectory, options);
    const hasCommit = memoize(async (commit) => {
        const answer = await git(['cat-file', '-e', `${commit}^{commit}`]);
        return answer !== null;
    });
    return {
        async diff(base, head) {
            if (!(await hasCommit(base)) || !(await hasCommit(head)))
                return null;
            // The history of a shallow clone is cut, so its merge base may be wrong or missing.
            if ((await git(['rev-parse', '--is-shallow-repository']))?.toString('latin1').trim() !== 'false')
                return null;
            const mergeBase = (await git(['merge-base', base, head]))?.toString('latin1').trim();
            if (mergeBase === undefined || !sha.test(mergeBase))
                return null;
            return git(['diff', ..._run_git_js__WEBPACK_IMPORTED_MODULE_0__/* .diffOptions */ .sx, mergeBase, head, '--']);
        },
        async tree(commit) {
            if (!(await hasCommit(commit)))
                return null;
            const listing = await git(['ls-tree', '-r', '-z', '--long', '--full-tree', commit]);
            return listing === null ? null : parseTree(listing);
        },
        blobs: (shas, maxBytes) => (0,_local_blobs_js__WEBPACK_IMPORTED_MODULE_1__/* .readBlobs */ .b)(git, shas, maxBytes),
    };
}
/** `<mode> SP <type> SP <object> SP+ <size> TAB <path> NUL`; a path that is not UTF-8 cannot be named to GitHub and is left out. */
function parseTree(listing) {
    return listing
        .toString('utf8')
        .split('\0')
        .flatMap((row) => {
        const match = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(row);
        const [, mode, blob, size, path] = match ?? [];
        if (mode === undefined || blob === undefined || path === undefined || path.includes('\uFFFD'))
            return [];
        return [{ path, kind: kindOf(mode), mode, blob, ...(size === '-' ? {} : { size: Number(size) }) }];
    });
}
/** Kind of a tree entry by its mode; 040000 never occurs in a recursive listing of git. */
function kindOf(mode) {
    if (mode === '120000')
        return 'symlink';
    return mode === '160000' ? 'submodule' : 'file';
}
function memoize(compute) {
    const known = new Map();
    return (key) => {
        const value = known.get(key) ?? compute(key);
        known.set(key, value);
        return value;
    };
}


/***/ }),

/***/ 6244:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g7: () => (/* binding */ decodeText),
/* harmony export */   gm: () => (/* binding */ readBlob),
/* harmony export */   sZ: () => (/* binding */ fetchBlob)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);
/* harmony import */ var _client_translate_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1366);
/* harmony import */ var _github_tree_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7202);



/** Bytes of one blob, from the checkout or in one request; null beyond `maxBytes`. */
async function readBlob(place, sha, maxBytes) {
    const local = (await place.localGit?.blobs([sha], maxBytes))?.get(sha);
    if (local === 'too-large')
        return null;
    return local ?? fetchBlob(place, sha, maxBytes);
}
/** The same from GitHub alone. */
function fetchBlob({ octokit, repository }, sha, maxBytes) {
    return (0,_client_translate_error_js__WEBPACK_IMPORTED_MODULE_1__/* .translating */ .GN)(_github_tree_js__WEBPACK_IMPORTED_MODULE_2__/* .readContents */ .r0, async () => {
        const { data } = await octokit.rest.git.getBlob({
            owner: repository.owner,
            repo: repository.name,
            file_sha: sha,
        });
        if (data.encoding !== 'base64') {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('github-rejected', 'GitHub sent a file in an encoding that was not asked for.', {
                hint: 'Run the job again; report it with the version of your GitHub server if it stays so.',
            });
        }
        const bytes = Buffer.from(data.content, 'base64');
        return bytes.length > maxBytes ? null : bytes;
    });
}
/** Text of UTF-8 bytes without a byte order mark; null for anything else, and for text that holds a NUL. */
function decodeText(bytes) {
    if (bytes === null || bytes.includes(0))
        return null;
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return null;
    }
}


/***/ }),

/***/ 3736:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lf: () => (/* binding */ createRepositoryGit),
/* harmony export */   pm: () => (/* binding */ diffFiles),
/* harmony export */   sx: () => (/* binding */ diffOptions)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



/** A diff beyond this is left to GitHub, which names what it cuts. */
const maxOutput = 64 * 1024 * 1024;
const timeoutMs = 60_000;
/** Settings by which a repository could make git run something, fetch something, or show a diff in another form. */
const settings = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.attributesFile=/dev/null',
    'core.quotePath=true',
    'protocol.allow=never',
    'safe.directory=*',
    'diff.orderFile=/dev/null',
    'diff.suppressBlankEmpty=false',
].flatMap((setting) => ['-c', setting]);
/** The form of a diff in which GitHub shows it, whatever the machine is set to. */
const diffOptions = [
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    '--full-index',
    '--find-renames',
    '--unified=3',
    '--inter-hunk-context=0',
    '--diff-algorithm=myers',
    '--indent-heuristic',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--submodule=short',
    '--ignore-submodules=none',
];
/** Git on the object database of a checkout; working tree and index are replaced by an empty folder. */
function createRepositoryGit(gitDirectory, options) {
    let folder = null;
    return async (args, input = '') => {
        folder ??= (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(options.temporary, 'ai-review-git-'));
        const empty = await folder;
        const all = [`--git-dir=${gitDirectory}`, `--work-tree=${empty}`, ...settings, ...args];
        return run(all, { ...options, cwd: empty, input });
    };
}
/** Unified diff of two files of `folder`, or of one and `/dev/null`, in no repository; '' where they are equal. */
function diffFiles(folder, [before, after], options) {
    return run([...settings, 'diff', '--no-index', ...diffOptions, '--', before, after], {
        ...options,
        cwd: folder,
        input: '',
    });
}
function run(args, { cwd, input, ...options }) {
    const isComparison = args.includes('--no-index');
    return new Promise((resolve) => {
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('git', args, {
            cwd,
            env: environment(cwd, options.searchPath),
            signal: options.signal,
            encoding: 'buffer',
            maxBuffer: maxOutput,
            timeout: timeoutMs,
            windowsHide: true,
        }, (error, stdout) => {
            // Two files that differ end a comparison with 1.
            const isDone = error === null || (isComparison && error.code === 1);
            resolve(isDone ? stdout : null);
        });
        child.stdin?.on('error', () => undefined).end(input);
    });
}
function environment(folder, searchPath) {
    return {
        PATH: searchPath,
        HOME: folder,
        LC_ALL: 'C',
        GIT_CEILING_DIRECTORIES: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(folder),
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ATTR_NOSYSTEM: '1',
        GIT_GRAFT_FILE: '/dev/null',
        GIT_INDEX_FILE: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'index'),
        GIT_NO_LAZY_FETCH: '1',
        GIT_NO_REPLACE_OBJECTS: '1',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_TERMINAL_PROMPT: '0',
    };
}


/***/ }),

/***/ 4683:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ numbered)
/* harmony export */ });
/** The parameters that name a pull request in every request about it. */
function numbered({ repository, number }) {
    return { owner: repository.owner, repo: repository.name, pull_number: number };
}


/***/ }),

/***/ 1072:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ fitsBody)
/* harmony export */ });
/** "Body is too long (maximum is 65536 characters)", in code points. */
const longestBody = 65_536;
/** True where GitHub takes the text as the body of a review or a comment. */
function fitsBody(text) {
    return text.length <= longestBody || [...text].length <= longestBody;
}


/***/ }),

/***/ 2897:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $R: () => (/* binding */ Sha),
/* harmony export */   DQ: () => (/* binding */ readPullRequest),
/* harmony export */   KG: () => (/* binding */ ListedReview),
/* harmony export */   Uf: () => (/* binding */ Comparison),
/* harmony export */   qp: () => (/* binding */ ListedFile),
/* harmony export */   tE: () => (/* binding */ ListedComment),
/* harmony export */   xn: () => (/* binding */ GitTree)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7597);

// Lenient on purpose: only what is used is looked at, so that a new field or version of GitHub breaks nothing.
/** The name of a commit, of SHA-1 or SHA-256. */
const Sha = zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const Repository = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    name: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    owner: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ login: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() }),
    private: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY(),
});
const PullRequestAnswer = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    number: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    html_url: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    title: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    state: zod__WEBPACK_IMPORTED_MODULE_0__/* ["enum"] */ .k5n(['open', 'closed']),
    draft: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().optional(),
    changed_files: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    base: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ sha: Sha, ref: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), repo: Repository }),
    // The repository is null once a fork is deleted.
    head: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ sha: Sha, ref: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), repo: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ id: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr() }).nullable() }),
});
/** `GET /repos/{owner}/{repo}/pulls/{number}` as our own type. Throws a ZodError where the answer is not a pull request. */
function readPullRequest(answer) {
    const { base, head, ...pull } = PullRequestAnswer.parse(answer);
    return {
        repository: {
            id: base.repo.id,
            owner: base.repo.owner.login,
            name: base.repo.name,
            isPublic: !base.repo.private,
        },
        number: pull.number,
        url: pull.html_url,
        title: pull.title,
        state: pull.state,
        isDraft: pull.draft ?? false,
        isFork: head.repo?.id !== base.repo.id,
        base: { sha: base.sha, ref: base.ref },
        head: { sha: head.sha, ref: head.ref },
        changedFiles: pull.changed_files,
    };
}
/** A row of `GET /repos/{owner}/{repo}/pulls/{number}/files`. */
const ListedFile = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    filename: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    previous_filename: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    additions: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    deletions: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    patch: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
});
const GitTree = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    tree: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ path: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), mode: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), sha: Sha, size: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr().optional() })),
    truncated: zod__WEBPACK_IMPORTED_MODULE_0__/* .boolean */ .zMY().optional(),
});
const Comparison = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ merge_base_commit: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ sha: Sha }) });
const ListedReview = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    id: zod__WEBPACK_IMPORTED_MODULE_0__/* .int */ .Whr(),
    body: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullish(),
    state: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    html_url: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
});
const ListedComment = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ body: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() });


/***/ }),

/***/ 6352:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D$: () => (/* binding */ GraphqlErrors),
/* harmony export */   J6: () => (/* binding */ asGraphqlErrors),
/* harmony export */   eW: () => (/* binding */ isTooMuchAtOnce)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7597);

const GraphqlErrors = zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ type: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().nullish(), message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP() })).min(1);
/** As Octokit throws them, and as its throttling does for a limit. */
const GraphqlFailure = zod__WEBPACK_IMPORTED_MODULE_0__/* .union */ .KCZ([
    zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ name: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz('GraphqlResponseError'), errors: GraphqlErrors })
        .transform(({ errors }) => errors),
    zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ response: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ status: zod__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .euz(200), data: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ errors: GraphqlErrors }) }) })
        .transform(({ response }) => response.data.errors),
]);
/** The errors of a GraphQL answer, which come with status 200; null for any other error. */
function asGraphqlErrors(error) {
    const parsed = GraphqlFailure.safeParse(error);
    return parsed.success ? parsed.data : null;
}
/**
 * True where GitHub says that one question takes too much of it. That passes with no time, only with smaller questions:
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
function isTooMuchAtOnce(error) {
    return asGraphqlErrors(error)?.some(({ type }) => type === 'RESOURCE_LIMITS_EXCEEDED') ?? false;
}


/***/ }),

/***/ 9892:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ isByViewer)
/* harmony export */ });
const botSuffix = '[bot]';
/**
 * True where the account that asks, whose login is `viewer`, wrote it. A bot that asks is told its login with a suffix,
 * and as an author without.
 */
function isByViewer({ author, viewerDidAuthor }, viewer) {
    const isSameBot = author?.__typename === 'Bot' && `${author.login}${botSuffix}` === viewer;
    return viewerDidAuthor || isSameBot;
}


/***/ }),

/***/ 7650:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ isWithoutGraphql)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3342);
/* harmony import */ var _graphql_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6352);
/* harmony import */ var _translate_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1366);



/** True for an error of GitHub or an answer of another shape, but none of our own: a stop or a deadline stays one. */
function isWithoutGraphql(error) {
    return error instanceof zod__WEBPACK_IMPORTED_MODULE_2__/* .ZodError */ .G || (0,_graphql_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asGraphqlErrors */ .J6)(error) !== null || (0,_translate_error_js__WEBPACK_IMPORTED_MODULE_1__/* .asHttpError */ .No)(error) !== null;
}


/***/ }),

/***/ 8837:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E0: () => (/* binding */ pagesOf),
/* harmony export */   RO: () => (/* binding */ rowsOf),
/* harmony export */   oy: () => (/* binding */ hasNext),
/* harmony export */   xP: () => (/* binding */ perPage)
/* harmony export */ });
/** Most rows that GitHub puts on one page of a listing. */
const perPage = 100;
/** The pages of a listing in its own order, at most `most` of them; the next one is asked for when it is wanted. */
async function* pagesOf(fetchPage, most) {
    for (let page = 1; page <= most; page++) {
        const answer = await fetchPage({ per_page: perPage, page });
        yield answer.data;
        if (!hasNext(answer))
            return;
    }
}
/** By the Link header, as a host may give shorter pages than asked for; where there is none, by whether the page is full. */
function hasNext({ data, headers: { link } }) {
    return link === undefined ? data.length >= perPage : /\brel="next"/.test(link);
}
/** All rows of these pages. */
async function rowsOf(fetchPage, most) {
    const rows = [];
    for await (const page of pagesOf(fetchPage, most))
        rows.push(...page);
    return rows;
}


/***/ }),

/***/ 1875:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ isGraphqlLimit),
/* harmony export */   a: () => (/* binding */ isRateLimit)
/* harmony export */ });
const tooQuick = /was submitted too quickly/i;
/** Both limits answer 403 or 429; the secondary one was also seen as 422 with the code "abuse" or as "submitted too quickly". */
function isRateLimit({ status, message, response }) {
    if (status === 429)
        return true;
    const data = JSON.stringify(response?.data ?? '');
    if (status === 422)
        return /"code":"abuse"/.test(data) || tooQuick.test(data);
    if (status !== 403)
        return false;
    return (/rate limit|abuse detection/i.test(message) ||
        String(response?.headers?.['x-ratelimit-remaining']) === '0');
}
/** GraphQL tells its limits with status 200. */
function isGraphqlLimit(errors) {
    return errors.some(({ type, message }) => type === 'RATE_LIMITED' || tooQuick.test(message));
}


/***/ }),

/***/ 1366:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GN: () => (/* binding */ translating),
/* harmony export */   No: () => (/* binding */ asHttpError),
/* harmony export */   Z5: () => (/* binding */ isUnclear),
/* harmony export */   ZO: () => (/* binding */ translateError)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7597);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);
/* harmony import */ var _graphql_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6352);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1875);




const HttpError = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    status: zod__WEBPACK_IMPORTED_MODULE_2__/* .int */ .Whr(),
    message: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(),
    response: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
        headers: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), zod__WEBPACK_IMPORTED_MODULE_2__/* .undefined */ .Vxk()])).optional(),
        data: zod__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5J().optional(),
    })
        .optional(),
});
/** An error of Octokit as the parts that matter; null for any other error. `response` is absent when no answer came. */
function asHttpError(error) {
    if (ownError(error) !== null || isAbort(error))
        return null;
    const parsed = HttpError.safeParse(error);
    return parsed.success ? parsed.data : null;
}
/** True when GitHub may have done what was asked although no clear answer came: a server error, or none at all. */
function isUnclear(error) {
    const http = asHttpError(error);
    return http !== null && http.status >= 500;
}
/** Runs `work` and turns what it throws into a `ReviewError`. */
async function translating(operation, work) {
    try {
        return await work();
    }
    catch (error) {
        throw translateError(error, operation);
    }
}
/** HTTP → our family of errors. GitHub's own text is never part of the message: it may quote what was sent. */
function translateError(error, operation) {
    const own = ownError(error);
    if (own !== null)
        return own;
    if (isAbort(error)) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('cancelled', `The run was cancelled while ${operation.doing}.`, {
            hint: 'Run the workflow again if the review is still wanted.',
            cause: error,
        });
    }
    const graphql = (0,_graphql_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asGraphqlErrors */ .J6)(error);
    if (graphql !== null)
        return fromGraphql(graphql, operation, error);
    const http = asHttpError(error);
    if (http === null) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('internal', `An unexpected error occurred while ${operation.doing}.`, {
            hint: 'Report it with the version of the Action and the code of this message.',
            cause: error,
        });
    }
    if ((0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .isRateLimit */ .a)(http))
        return rateLimited(operation, error);
    if (http.status >= 500)
        return unavailable(operation, { http, error });
    return fromStatus(http, operation);
}
/** An error of our own, also where Octokit has wrapped it as the cause of one of its own. */
function ownError(error) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z)
        return error;
    return error instanceof Error && error.cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z ? error.cause : null;
}
function isAbort(error) {
    return error instanceof Error && error.name === 'AbortError';
}
function fromGraphql(errors, operation, cause) {
    const types = new Set(errors.map(({ type }) => type));
    if ((0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .isGraphqlLimit */ .N)(errors))
        return rateLimited(operation, cause);
    if ((0,_graphql_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .isTooMuchAtOnce */ .eW)(cause))
        return tooMuchAtOnce(operation, cause);
    if (types.has('FORBIDDEN') || types.has('INSUFFICIENT_SCOPES'))
        return missingPermission(operation, cause);
    if (types.has('NOT_FOUND'))
        return notFound(operation, cause);
    return rejected(operation, { answer: 'an error', cause });
}
function rateLimited(operation, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('github-rate-limited', `GitHub's rate limit was reached while ${operation.doing}.`, {
        hint: 'Run the job again later; fewer workflows that share the token, or a longer deadline-minutes, help too.',
        retryable: true,
        cause,
    });
}
function tooMuchAtOnce({ doing }, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('github-unavailable', `One question to GitHub took too much of it while ${doing}.`, {
        hint: 'Run the job again; see the status page of GitHub if it stays so.',
        retryable: true,
        cause,
    });
}
function fromStatus(http, operation) {
    const { doing } = operation;
    const cause = http;
    switch (http.status) {
        case 401:
            return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('missing-permission', `GitHub did not accept the token while ${doing}.`, {
                hint: 'Give the input github-token a valid token, or leave it out to use the token of the job.',
                cause,
            });
        case 403:
            return missingPermission(operation, cause);
        case 404:
        case 410:
        case 451:
            return notFound(operation, cause, http.status);
        default:
            break;
    }
    return rejected(operation, { answer: String(http.status), cause });
}
/** Codes of Node.js where no authority that it knows has signed the certificate of the host. */
const unknownAuthority = new Set([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
function unavailable({ doing }, { http, error }) {
    if (unknownAuthority.has(codeIn(error))) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('github-unavailable', `The certificate of GitHub's host is signed by no authority that the runner knows, seen while ${doing}.`, {
            hint: 'Set NODE_EXTRA_CA_CERTS to the file of your own authority in PEM, under env: of the step or of the runner.',
            cause: error,
        });
    }
    const what = http.response === undefined ? 'could not be reached' : `answered ${http.status}`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('github-unavailable', `GitHub ${what} while ${doing}.`, {
        hint: 'Run the job again; check the network and the proxy of the runner, and the status page of GitHub if it stays so.',
        retryable: true,
        cause: http,
    });
}
/** The code of the innermost cause: Octokit wraps what fetch has wrapped. */
function codeIn(error) {
    let [inner, depth] = [error, 0];
    while (inner instanceof Error && inner.cause !== undefined && depth++ < 5)
        inner = inner.cause;
    return inner instanceof Error && 'code' in inner ? String(inner.code) : '';
}
function missingPermission({ doing, permission }, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('missing-permission', `The token lacks "${permission}", needed for ${doing}.`, {
        hint: `Add "${permission}" under permissions: of the job. The token of a pull request from a fork is read-only whatever the workflow says.`,
        cause,
    });
}
function notFound({ doing, permission }, cause, status = 404) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('github-not-found', `GitHub answered ${status} while ${doing}.`, {
        hint: `Check that the pull request exists and that the token has "${permission}": GitHub answers "not found" also where it may not tell.`,
        cause,
    });
}
function rejected({ doing }, { answer, cause }) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('github-rejected', `GitHub answered ${answer} while ${doing}.`, {
        hint: 'Check that the pull request is open and its conversation not locked; then run the job again.',
        cause,
    });
}


/***/ }),

/***/ 9520:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fq: () => (/* binding */ writeOnce),
/* harmony export */   IK: () => (/* binding */ lookAgain),
/* harmony export */   mV: () => (/* binding */ findLanded)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);
/* harmony import */ var _translate_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1366);



const attempts = 3;
/** Units that are waited before each look: GitHub's listings may lag seconds behind its writes. */
const pausesBeforeLooks = [1, 2];
/**
 * Writes, and repeats the write only where a look has shown that it did not land. Where that cannot be seen it
 * stops with `github-unavailable`: a gap is mended by the next run, a duplicate by nobody.
 */
async function writeOnce({ write, ...looking }) {
    for (let attempt = 1;; attempt++) {
        try {
            return await write();
        }
        catch (error) {
            if (!(0,_translate_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnclear */ .Z5)(error))
                throw error;
            const landed = await findLanded(looking);
            if (landed !== null)
                return landed;
            if (attempt === attempts)
                throw error;
        }
    }
}
/** What a write with an unclear answer left on GitHub; null where it is not there even after a while. */
async function findLanded({ operation, look, backoffUnitMs }) {
    for (const pause of pausesBeforeLooks) {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(backoffUnitMs * pause);
        if (look === undefined)
            return null;
        const landed = await lookAgain(operation, look);
        if (landed !== null)
            return landed;
    }
    return null;
}
/** What `look` finds after an unclear answer to a write. Where GitHub cannot be asked, says that nobody knows. */
async function lookAgain({ doing }, look) {
    try {
        return await look();
    }
    catch (cause) {
        if (!(0,_translate_error_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnclear */ .Z5)(cause))
            throw cause;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ReviewError */ .Z('github-unavailable', `GitHub gave no clear answer while ${doing}, and could not be asked whether it was done.`, {
            hint: 'Look at the pull request, then run the job again: what stands there already is not written twice.',
            retryable: true,
            cause,
        });
    }
}


/***/ }),

/***/ 1700:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ findRemark),
/* harmony export */   t: () => (/* binding */ findRemarkId)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7597);
/* harmony import */ var _client_address_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4683);
/* harmony import */ var _client_is_by_viewer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9892);
/* harmony import */ var _client_is_without_graphql_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7650);
/* harmony import */ var _client_pages_of_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8837);





const ListedRemark = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr(),
    node_id: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    body: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP().nullish(),
    in_reply_to_id: zod__WEBPACK_IMPORTED_MODULE_1__/* .int */ .Whr().nullish(),
});
const Author = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ __typename: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), login: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() });
const Authorship = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    viewer: zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ login: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP() }),
    nodes: zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({ viewerDidAuthor: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY(), author: Author.nullable() }).partial().nullable()),
});
const authorshipQuery = `query ($ids: [ID!]!) {
  viewer { login }
  nodes(ids: $ids) { ... on Comment { viewerDidAuthor author { __typename login } } }
}`;
/** Pages of 100, the newest first: beyond 3,000 comments an old remark may be said again. */
const maxPages = 30;
/**
 * True where a comment of this token's account holds `once`. One that another account copied does not count;
 * where GitHub does not say whose it is, it counts, as saying nothing is better than saying it twice.
 */
async function findRemark(place, once) {
    return (await findRemarkId(place, once)) !== null;
}
/** The number of that comment; null where there is none. */
async function findRemarkId(place, once) {
    const pages = place.root === undefined ? conversationPages(place) : threadPages(place);
    for await (const page of pages) {
        const holding = page.filter(({ body }) => body?.includes(once));
        const ours = holding.length === 0 ? undefined : await oursAmong(place.octokit, holding);
        if (ours !== undefined)
            return ours.id;
    }
    return null;
}
async function oursAmong(octokit, holding) {
    try {
        const ids = holding.map(({ node_id }) => node_id);
        const { nodes, viewer } = Authorship.parse(await octokit.query(authorshipQuery, { ids }));
        return holding.find((_, index) => {
            const { viewerDidAuthor = true, author = null } = nodes[index] ?? {};
            return (0,_client_is_by_viewer_js__WEBPACK_IMPORTED_MODULE_2__/* .isByViewer */ .e)({ viewerDidAuthor, author }, viewer.login);
        });
    }
    catch (error) {
        if (!(0,_client_is_without_graphql_js__WEBPACK_IMPORTED_MODULE_0__/* .isWithoutGraphql */ .m)(error))
            throw error;
        return holding[0];
    }
}
/** The listing is ascending and knows no other order, so its last page is asked for by number. */
async function* conversationPages({ octokit, repository, number, }) {
    const ask = (page) => octokit.rest.issues.listComments({
        owner: repository.owner,
        repo: repository.name,
        issue_number: number,
        per_page: 100,
        page,
    });
    const first = await ask(1);
    const last = lastPage(first.headers.link);
    for (let page = last; page > Math.max(1, last - maxPages); page--) {
        yield zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ListedRemark).parse((await ask(page)).data);
    }
    yield zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ListedRemark).parse(first.data);
}
function lastPage(link) {
    const found = /[?&]page=(\d{1,6})[^>]*>; rel="last"/.exec(link ?? '');
    return found === null ? 1 : Number(found[1]);
}
async function* threadPages({ octokit, root, ...pullRequest }) {
    const query = { ...(0,_client_address_js__WEBPACK_IMPORTED_MODULE_3__/* .numbered */ .j)(pullRequest), sort: 'created', direction: 'desc' };
    const fetchPage = (page) => octokit.rest.pulls.listReviewComments({ ...query, ...page });
    for await (const rows of (0,_client_pages_of_js__WEBPACK_IMPORTED_MODULE_4__/* .pagesOf */ .E0)(fetchPage, maxPages)) {
        const remarks = zod__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(ListedRemark).parse(rows);
        yield remarks.filter(({ in_reply_to_id }) => in_reply_to_id === root);
    }
}


/***/ }),

/***/ 3629:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ askForJson)
/* harmony export */ });
/* harmony import */ var _connection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7289);
/* harmony import */ var _server_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5276);


/** Many times what an answer, a mark or a card takes up. */
const resultBytes = 1024 * 1024;
/** One request whose answer is JSON of this shape. Throws a PassingError where another try may help, else a ReviewError. */
async function askForJson(server, { method, path, body, signal }, schema) {
    const answer = await (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .send */ .tN)(server, path, {
        method,
        headers: {
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
    });
    if (answer.statusCode < 200 || answer.statusCode > 202)
        throw await (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .refusalOf */ .Of)(server, answer);
    if (!/^application\/json\b/i.test((0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .headerOf */ .rR)(answer, 'content-type') ?? '')) {
        (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .discard */ .vf)(answer);
        throw (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .answerInvalid */ .aB)('it is not JSON');
    }
    const text = await (0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .readText */ .yR)(answer, resultBytes);
    if (text === undefined)
        throw (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .answerInvalid */ .aB)('it is too long');
    const result = schema.safeParse((0,_connection_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text));
    if (!result.success)
        throw (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .answerInvalid */ .aB)('it does not fit the contract');
    return result.data;
}


/***/ }),

/***/ 7289:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Of: () => (/* binding */ refusalOf),
/* harmony export */   cv: () => (/* binding */ exchange),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   rR: () => (/* binding */ headerOf),
/* harmony export */   tN: () => (/* binding */ send),
/* harmony export */   vf: () => (/* binding */ discard),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_problem__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3352);
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6752);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3916);
/* harmony import */ var _server_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5276);
/* harmony import */ var _try_again_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1889);





const problemBytes = 64 * 1024;
const longestRetryAfterMs = 3_600_000;
/** One request, with the key or a token, through the configured way. `path` begins with a slash. */
async function send({ url, apiKey, token, dispatcher }, path, { headers, ...options }) {
    const credential = apiKey ?? (await orAborted(options.signal, token?.()));
    return (0,undici__WEBPACK_IMPORTED_MODULE_1__/* .request */ .Em)(`${url}${path}`, {
        ...options,
        headers: { ...headers, ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }) },
        ...(dispatcher === undefined ? {} : { dispatcher }),
    });
}
/** The service of tokens knows no signal. */
async function orAborted(signal, work) {
    if (work === undefined)
        return undefined;
    signal.throwIfAborted();
    const aborted = Promise.withResolvers();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
        return await Promise.race([work, aborted.promise]);
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}
/** Runs one exchange with the server; what is no error of ours is a connection that failed. */
async function exchange(server, work) {
    const host = new URL(server.url).host;
    try {
        return await work(host);
    }
    catch (error) {
        throw error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ReviewError */ .Z || (0,_try_again_js__WEBPACK_IMPORTED_MODULE_4__/* .isPassing */ .WG)(error) ? error : (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .unreachable */ .HB)(host, error);
    }
}
/** The error for an answer that is no success. */
async function refusalOf({ url, apiKey, token }, answer) {
    const code = await problemCodeOf(answer);
    const retryAfterMs = retryAfterOf(answer);
    const skew = /error_description="clock skew of (\d{1,12}) s"$/.exec(headerOf(answer, 'www-authenticate') ?? '');
    const withoutKey = token === undefined ? 'nothing' : 'token';
    return (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .statusError */ .$C)(new URL(url).host, {
        status: answer.statusCode,
        shown: apiKey === undefined ? withoutKey : 'key',
        ...(skew === null ? {} : { skewSeconds: Number(skew[1]) }),
        ...(code === undefined ? {} : { code }),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
}
async function problemCodeOf(answer) {
    const text = await readText(answer, problemBytes);
    const problem = text === undefined ? undefined : _ai_review_protocol_problem__WEBPACK_IMPORTED_MODULE_0__/* .Problem */ .A.safeParse(parseJson(text));
    return problem?.data?.code;
}
/** The whole body of an answer; undefined for one of more than `most` bytes, which is not read on. */
async function readText(answer, most) {
    if (Number(headerOf(answer, 'content-length') ?? Number.NaN) > most) {
        discard(answer);
        return undefined;
    }
    const chunks = [];
    let bytes = 0;
    for await (const chunk of answer.body) {
        bytes += chunk.byteLength;
        if (bytes > most)
            return undefined;
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}
/** The value of a text of JSON; undefined for one that is none. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Leaves the rest of an answer unread. A body that is cut off emits an error, which nobody else listens to. */
function discard(answer) {
    answer.body.on('error', () => { }).destroy();
}
/** RFC 9110: whole seconds, or a date. */
function retryAfterOf(answer) {
    const text = headerOf(answer, 'retry-after');
    if (text === undefined)
        return undefined;
    const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
    return Number.isFinite(ms) ? Math.min(longestRetryAfterMs, Math.max(0, ms)) : undefined;
}
function headerOf(answer, name) {
    const value = answer.headers[name];
    return Array.isArray(value) ? value[0] : value;
}


/***/ }),

/***/ 743:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ readEvents)
/* harmony export */ });
/* harmony import */ var eventsource_parser__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6085);
/* harmony import */ var _server_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5276);


/** Limits of what is read of an answer, in bytes and characters: a broken server must not fill the runner's memory. */
const answerLimits = { bytes: 128 * 1024 * 1024, eventCharacters: 8 * 1024 * 1024 };
/** Server-sent events of a response body as they arrive. Throws `server-answer-invalid` past a limit or for bytes that are no UTF-8. */
async function* readEvents(body) {
    const arrived = [];
    let isTooLong = false;
    const parser = (0,eventsource_parser__WEBPACK_IMPORTED_MODULE_1__/* .createParser */ .C)({
        onEvent: (event) => arrived.push(event),
        onError: (error) => {
            isTooLong ||= error.type === 'max-buffer-size-exceeded';
        },
        maxBufferSize: answerLimits.eventCharacters,
    });
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let bytes = 0;
    for await (const chunk of body) {
        bytes += chunk.byteLength;
        if (bytes > answerLimits.bytes)
            throw (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .answerInvalid */ .aB)('it is too long');
        parser.feed(decode(decoder, chunk));
        if (isTooLong)
            throw (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .answerInvalid */ .aB)('an event is too long');
        yield* arrived.splice(0);
    }
}
function decode(decoder, chunk) {
    try {
        return decoder.decode(chunk, { stream: true });
    }
    catch {
        throw (0,_server_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .answerInvalid */ .aB)('it is not UTF-8 text');
    }
}


/***/ }),

/***/ 5276:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ statusError),
/* harmony export */   HB: () => (/* binding */ unreachable),
/* harmony export */   aB: () => (/* binding */ answerInvalid),
/* harmony export */   gS: () => (/* binding */ problemError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);
/* harmony import */ var _try_again_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1889);


/** What the server's problems mean to a user of the Action. Its own words are not repeated: the log is an interpreter. */
const meanings = {
    'bad-request': {
        code: 'server-refused',
        what: 'does not understand the request',
        hint: 'Use the same version of the Action and of the model server.',
    },
    unauthorized: {
        code: 'server-unauthorized',
        what: 'does not know the key',
        hint: 'Set the input api-key to one of the keys in API_KEYS of the server.',
    },
    'not-found': {
        code: 'server-refused',
        what: 'has nothing at this address',
        hint: 'Check the input server-url: it is the address in front of /v1/reviews. Use the same version of the Action and of the model server.',
    },
    'not-your-repository': {
        code: 'server-unauthorized',
        what: 'does not let this run ask for this repository',
        hint: 'Set the input api-key to the key that API_KEYS of the server binds to this repository.',
    },
    'not-by-this-run': {
        code: 'server-unauthorized',
        what: 'does not take this from a run of this event',
        hint: 'Personas are changed by commands in comments, or by runs that are dispatched on a branch in OIDC_BRANCHES of the server or a protected one.',
    },
    conflict: {
        code: 'server-refused',
        what: 'already holds another request under the same name',
        hint: 'Run the workflow again; report it if it happens twice.',
    },
    'too-large': {
        code: 'server-refused',
        what: 'does not take a request of this size',
        hint: 'Leave files out with the ignore globs of the policy, or split the pull request.',
    },
    'no-consent': {
        code: 'no-consent',
        what: 'holds no consent of this person',
        hint: 'The person agrees by commenting the command with --opt-in, or by a verified commit of their own to the policy.',
    },
    'too-few-samples': {
        code: 'server-refused',
        what: 'has too few past comments of this person for an adapter',
        hint: 'The persona goes on by retrieval; train once more comments are there.',
    },
    'training-off': {
        code: 'server-refused',
        what: 'trains no adapters',
        hint: 'Set TRAINING on a server that has the trainer; the persona goes on by retrieval.',
    },
    'no-personas': {
        code: 'server-refused',
        what: 'keeps no personas, as it has no database',
        hint: 'Set DATABASE_URL of the model server to something else than none, or leave it out.',
    },
    'queue-full': {
        code: 'server-busy',
        what: 'has a full queue',
        hint: 'Run the workflow again later; add slots or servers if this happens often.',
        isPassing: true,
    },
    'deadline-too-short': {
        code: 'server-busy',
        what: 'cannot start within the deadline',
        hint: 'Raise deadline-minutes, or run the workflow again when fewer reviews are waiting.',
    },
    superseded: {
        code: 'head-moved',
        what: 'is reviewing a newer head of this pull request',
        hint: 'Nothing to do: the newer review replaces this one.',
    },
    cancelled: {
        code: 'cancelled',
        what: 'was told to cancel its work',
        hint: 'Run the workflow again if its result is still wanted.',
    },
    'engine-unavailable': {
        code: 'server-busy',
        what: 'is still loading its model',
        hint: 'Run the workflow again when /readyz of the server answers 200.',
        isPassing: true,
    },
    'storage-unavailable': {
        code: 'server-busy',
        what: 'cannot use its database',
        hint: 'Look into the log of the model server.',
        isPassing: true,
    },
    'issuer-unavailable': {
        code: 'server-busy',
        what: 'cannot read the keys by which tokens of runs are checked',
        hint: 'Check OIDC_ISSUER and OIDC_JWKS of the server, and that it reaches them.',
        isPassing: true,
    },
    'shutting-down': {
        code: 'server-busy',
        what: 'is stopping',
        hint: 'Run the workflow again when the server is back.',
        isPassing: true,
    },
    internal: {
        code: 'server-refused',
        what: 'failed',
        hint: 'Look into the log of the model server.',
    },
};
/** Who is not let in has to change another thing, by what they came with. */
function unauthorized({ shown, skewSeconds }) {
    if (shown === 'key')
        return meanings.unauthorized;
    if (shown === 'nothing') {
        return {
            code: 'server-unauthorized',
            what: 'wants a key or a token, and this run has neither',
            hint: 'Set the input api-key, or grant the job "id-token: write" where the server takes tokens of workflows.',
        };
    }
    if (skewSeconds !== undefined) {
        return {
            code: 'server-unauthorized',
            what: `holds the token of this run to be ${skewSeconds} s outside of its time`,
            hint: "Set the clock of the server right: it may differ from GitHub's by 60 s.",
        };
    }
    return {
        code: 'server-unauthorized',
        what: 'does not take the token of this run',
        hint: 'Compare OIDC_AUDIENCE of the server with server-url, and OIDC_OWNERS, OIDC_REPOSITORIES and OIDC_RUNNERS with this run; the log of the server names the reason.',
    };
}
/** The error for a problem that a review ended with. `code` is what the server sent: unknown ones count as `internal`. */
function problemError(host, code) {
    return toError(host, meanings[knownCode(code) ?? 'internal']);
}
/** The error for an answer that is no success. `code` comes from its problem, where it has one. */
function statusError(host, answer) {
    const { status } = answer;
    if (status >= 300 && status < 400) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('server-answer-invalid', `The model server at ${host} answered with a redirect.`, {
            hint: 'Set the input server-url to the final address: redirects are not followed.',
        });
    }
    const known = knownCode(answer.code ?? '');
    const plain = known === undefined ? meaningOfStatus(status) : meanings[known];
    const meaning = plain === meanings.unauthorized ? unauthorized(answer) : plain;
    return toError(host, meaning, { status, afterMs: answer.retryAfterMs });
}
/** The server could not be spoken with; `cause` is the error of the connection. */
function unreachable(host, cause) {
    return new _try_again_js__WEBPACK_IMPORTED_MODULE_1__/* .PassingError */ .aB(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('server-unreachable', `The model server at ${host} cannot be reached.`, {
        hint: hintOf(cause),
        retryable: true,
        cause,
    }));
}
/** What came is not what the contract says; `what` completes "The answer of the model server cannot be used: ". */
function answerInvalid(what) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('server-answer-invalid', `The answer of the model server cannot be used: ${what}.`, {
        hint: 'Check that server-url names a model server, not a proxy, and that Action and server have the same version.',
    });
}
function toError(host, meaning, answer = {}) {
    const status = answer.status === undefined ? '' : ` (status ${answer.status})`;
    const isPassing = meaning.isPassing ?? false;
    const error = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z(meaning.code, `The model server at ${host} ${meaning.what}${status}.`, {
        hint: meaning.hint,
        retryable: isPassing,
    });
    return isPassing ? new _try_again_js__WEBPACK_IMPORTED_MODULE_1__/* .PassingError */ .aB(error, answer.afterMs) : error;
}
function meaningOfStatus(status) {
    if (status === 401 || status === 403)
        return meanings.unauthorized;
    if (status === 404)
        return meanings['not-found'];
    if (status === 413)
        return meanings['too-large'];
    if (status === 429)
        return meanings['queue-full'];
    // A proxy in front of the server speaks of the server's absence with these.
    if (status >= 500)
        return { ...meanings.internal, what: 'did not answer as it should', isPassing: true };
    return meanings['bad-request'];
}
function knownCode(code) {
    return Object.hasOwn(meanings, code) ? code : undefined;
}
function hintOf(cause) {
    const code = cause?.code;
    if (code === 'ENOTFOUND')
        return 'Check the name in server-url: this runner cannot resolve it.';
    if (typeof code === 'string' && /CERT|SELF_SIGNED|TLS/.test(code)) {
        return 'Let the runner trust the certificate of the server: set NODE_EXTRA_CA_CERTS in the job.';
    }
    return 'Check that the server runs, that server-url is right, and that this runner may reach it.';
}


/***/ }),

/***/ 1889:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WG: () => (/* binding */ isPassing),
/* harmony export */   aB: () => (/* binding */ PassingError),
/* harmony export */   fI: () => (/* binding */ waitBefore)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);

/** A failure that may pass: worth another try while the deadline allows. `afterMs` is what the server asked for. */
class PassingError extends Error {
    name = 'PassingError';
    /** What it is when it does not pass. */
    final;
    afterMs;
    constructor(final, afterMs) {
        super(final.message);
        this.final = final;
        this.afterMs = afterMs;
    }
}
/** Tries in a row that brought nothing, before the failure counts as final. */
const fruitlessTries = 4;
const firstWaitMs = 500;
const longestWaitMs = 10_000;
function isPassing(error) {
    return error instanceof PassingError;
}
/** Waits as long as the server asked, else longer from try to try. Throws the final error when there is no time left for it. */
async function waitBefore(retry) {
    const { error, fruitless, until, signal } = retry;
    const backoff = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, fruitless - 1));
    // Spread, so that clients that were turned away together do not come back together.
    const wait = (error.afterMs ?? backoff) * (1 + Math.random() / 4);
    if (fruitless >= fruitlessTries || Date.now() + wait >= until)
        throw error.final;
    await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(wait, undefined, { signal });
}


/***/ }),

/***/ 2359:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ withinDeadline)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);

/** Time on top of the request's own, in which an answer that left the server in time still arrives. */
const transportMs = 2000;
/** Runs the work until the deadline or the caller's signal. Throws `deadline` or `cancelled` when it was cut, else what the work throws. */
async function withinDeadline({ deadlineMs, signal, hint }, work) {
    const cut = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs + transportMs)]);
    try {
        return await work(cut);
    }
    catch (error) {
        if (!cut.aborted)
            throw error;
        throw signal.aborted ? wasCancelled() : ranOutOfTime(deadlineMs, hint);
    }
}
function wasCancelled() {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('cancelled', 'The run was cancelled while the model server worked for it.', {
        hint: 'Run the workflow again if its result is still wanted.',
    });
}
function ranOutOfTime(deadlineMs, hint) {
    const seconds = Math.round(deadlineMs / 1000);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z('deadline', `The model server did not finish within ${seconds} s.`, {
        hint,
        retryable: true,
    });
}


/***/ }),

/***/ 8727:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  reviewRoles: () => (/* binding */ reviewRoles)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/action/log.ts
var log = __webpack_require__(8592);
// EXTERNAL MODULE: ./src/diff/parse-diff.ts + 4 modules
var parse_diff = __webpack_require__(6199);
// EXTERNAL MODULE: ./src/github/client/github-objects.ts
var github_objects = __webpack_require__(2897);
// EXTERNAL MODULE: ./src/github/client/translate-error.ts
var translate_error = __webpack_require__(1366);
// EXTERNAL MODULE: ./src/github/change/ask-pull-request.ts
var ask_pull_request = __webpack_require__(6469);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 9 modules
var schemas = __webpack_require__(7597);
// EXTERNAL MODULE: ./src/github/client/graphql-errors.ts
var graphql_errors = __webpack_require__(6352);
;// CONCATENATED MODULE: ./src/github/change/query-blobs.ts



const Answer = schemas/* object */.Ikc({
    repository: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* object */.Ikc({ text: schemas/* string */.YjP().nullish(), isBinary: schemas/* boolean */.zMY().nullish() }).nullable()),
});
/**
 * Blobs in one request, or in smaller ones where GitHub says that it is too much. `null` is a blob that GitHub calls binary. A blob is absent where its text is not told, or is not
 * what the name of the blob vouches for: cut, or turned into UTF-8 from something else. The whole answer is null where
 * GraphQL cannot be used.
 */
async function queryBlobs(host, blobs) {
    const names = blobs.map((_, index) => `b${index}`);
    const query = `query ($owner: String!, $name: String!, ${names.map((name) => `$${name}: GitObjectID!`).join(', ')}) {
    repository(owner: $owner, name: $name) { ${names.map((name) => `${name}: object(oid: $${name}) { ...content }`).join(' ')} }
  }
  fragment content on Blob { text isBinary }`;
    const variables = Object.fromEntries(names.map((name, index) => [name, blobs[index]]));
    try {
        const { owner, name } = host.repository;
        const answer = Answer.parse(await host.octokit.query(query, { owner, name, ...variables }));
        const contents = new Map();
        for (const [index, blob] of blobs.entries()) {
            const told = answer.repository[`b${index}`];
            const bytes = Buffer.from(told?.text ?? '');
            if (told?.isBinary === true)
                contents.set(blob, null);
            else if (blobName(bytes, blob.length) === blob)
                contents.set(blob, bytes);
        }
        return contents;
    }
    catch (error) {
        return (0,graphql_errors/* isTooMuchAtOnce */.eW)(error) && blobs.length > 1 ? queryHalves(host, blobs) : null;
    }
}
async function queryHalves(host, blobs) {
    const half = Math.ceil(blobs.length / 2);
    const first = await queryBlobs(host, blobs.slice(0, half));
    const second = first && (await queryBlobs(host, blobs.slice(half)));
    return second && new Map([...first, ...second]);
}
/** Git's name of a blob, 40 hex digits of SHA-1 or 64 of SHA-256: https://git-scm.com/docs/gitdatamodel#objects */
function blobName(bytes, length) {
    return (0,external_node_crypto_.createHash)(length === 64 ? 'sha256' : 'sha1')
        .update(`blob ${bytes.length}\0`)
        .update(bytes)
        .digest('hex');
}

// EXTERNAL MODULE: ./src/github/change/read-blob.ts
var read_blob = __webpack_require__(6244);
;// CONCATENATED MODULE: ./src/github/change/blob-texts.ts


/** Of one request: GitHub answers in ten seconds or not at all, so what it has to gather must be small. */
const batchLimits = { blobs: 50, bytes: 1_000_000 };
const atOnce = 8;
/** Reads texts from the checkout, from GitHub in batches, and one by one what that leaves; `null` is no UTF-8 text. */
function createBlobTexts(options) {
    let hasBatches = true;
    const readLocally = async (texts, blobs, maxBytes) => {
        for (const [blob, bytes] of (await options.localGit?.blobs(blobs, maxBytes)) ?? []) {
            texts.set(blob, bytes === 'too-large' ? null : (0,read_blob/* decodeText */.g7)(bytes));
        }
    };
    const readBatches = async (texts, blobs, maxBytes) => {
        for (const batch of batchesOf(blobs, (blob) => options.sizeOf(blob) ?? maxBytes)) {
            // A request for one blob tells more over REST, and costs the same.
            if (!hasBatches || batch.length < 2)
                continue;
            const answer = await queryBlobs(options, batch);
            hasBatches = answer !== null;
            for (const [blob, bytes] of answer ?? [])
                texts.set(blob, (0,read_blob/* decodeText */.g7)(within(bytes, maxBytes)));
        }
    };
    return async ({ blobs, maxBytes, mostAlone }) => {
        const texts = new Map();
        const open = () => [...new Set(blobs)].filter((blob) => !texts.has(blob));
        for (const blob of open())
            if ((options.sizeOf(blob) ?? 0) > maxBytes)
                texts.set(blob, null);
        await readLocally(texts, open(), maxBytes);
        await readBatches(texts, open(), maxBytes);
        await eachOf(open().slice(0, mostAlone), async (blob) => {
            texts.set(blob, (0,read_blob/* decodeText */.g7)(await (0,read_blob/* fetchBlob */.sZ)(options, blob, maxBytes)));
        });
        return texts;
    };
}
function within(bytes, maxBytes) {
    return bytes !== null && bytes.length > maxBytes ? null : bytes;
}
function batchesOf(blobs, sizeOf) {
    const batches = [];
    let room = 0;
    for (const blob of blobs) {
        const size = sizeOf(blob);
        const last = batches.at(-1);
        if (last !== undefined && last.length < batchLimits.blobs && size <= room)
            last.push(blob);
        else {
            batches.push([blob]);
            room = batchLimits.bytes;
        }
        room -= size;
    }
    return batches;
}
async function eachOf(items, work) {
    for (let start = 0; start < items.length; start += atOnce) {
        await Promise.all(items.slice(start, start + atOnce).map(work));
    }
}

;// CONCATENATED MODULE: ./src/github/change/complete-listing.ts
/** Requests cost of a limit that all workflows share, so this many files are rebuilt, of this size, in this part of the time. */
const limits = { files: 100, bytes: 2_000_000, shareOfTime: 0.25 };
/**
 * Fills in what GitHub's listing leaves out: modes of every file, and the hunks of files that it shows no usable patch
 * of (binary, empty, moved, mode alone, other type, or too large to show). What lies beyond the limits stays `withheld`.
 */
async function completeListing(listing, ends) {
    const endAt = ends.timeLeft() * (1 - limits.shareOfTime);
    const files = [];
    let rebuilt = 0;
    for (const listed of listing.files) {
        const file = withModes(listed, ends);
        const isWithinLimits = rebuilt < limits.files && ends.timeLeft() > endAt;
        if (file.withheld === true && isWithinLimits) {
            rebuilt++;
            files.push(await rebuild(file, ends));
        }
        else
            files.push(file);
    }
    return { files, rejected: listing.rejected };
}
function withModes(file, ends) {
    const { path, previousPath = path, status } = file;
    const before = status === 'added' ? undefined : ends.entry('before', previousPath);
    const after = status === 'deleted' ? undefined : ends.entry('after', path);
    const isOtherKind = before !== undefined && after !== undefined && before.kind !== after.kind;
    return {
        ...file,
        status: isOtherKind && status === 'modified' ? 'type-changed' : status,
        oldMode: before?.mode ?? null,
        newMode: after?.mode ?? null,
    };
}
/** The file with the difference of its blobs; as it was where that cannot be had. */
async function rebuild(file, ends) {
    const { path, previousPath = path, status } = file;
    const before = status === 'added' ? null : ((await ends.findEntry('before', previousPath)) ?? 'unknown');
    const after = status === 'deleted' ? null : ((await ends.findEntry('after', path)) ?? 'unknown');
    if (before === 'unknown' || after === 'unknown')
        return file;
    const { withheld: _, ...known } = {
        ...file,
        oldMode: before?.mode ?? null,
        newMode: after?.mode ?? null,
    };
    const isSame = before?.blob === after?.blob;
    const isFile = before?.kind === 'file' || after?.kind === 'file';
    if (isSame || !isFile)
        return known;
    const pair = { before: await read(before, ends), after: await read(after, ends) };
    if (pair.before === 'too-large' || pair.after === 'too-large')
        return file;
    const diff = await ends.diff({ before: pair.before, after: pair.after });
    return diff === null ? file : { ...known, ...diff };
}
/** Null where there is no file: what a link or a submodule points at is not its text. */
async function read(entry, ends) {
    if (entry?.kind !== 'file')
        return null;
    if ((entry.size ?? 0) > limits.bytes)
        return 'too-large';
    return (await ends.blob(entry.blob, limits.bytes)) ?? 'too-large';
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./src/github/change/run-git.ts
var run_git = __webpack_require__(3736);
;// CONCATENATED MODULE: ./src/github/change/diff-blobs.ts




/** The bytes in which git looks for a NUL to tell a binary file. */
const sampledBytes = 8000;
const unchanged = {
    binary: false,
    hunks: [],
    additions: 0,
    deletions: 0,
    noNewlineOld: false,
    noNewlineNew: false,
};
/** The difference of two blobs, found by git as GitHub finds it; null where git cannot be run. */
async function diffBlobs(pair, options) {
    if (isBinary(pair.before) || isBinary(pair.after))
        return { ...unchanged, binary: true };
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(options.temporary, 'ai-review-blobs-'));
    try {
        const names = [
            await store(folder, 'before', pair.before),
            await store(folder, 'after', pair.after),
        ];
        const text = await (0,run_git/* diffFiles */.pm)(folder, names, options);
        if (text === null)
            return null;
        const { files, rejected } = (0,parse_diff/* parseDiff */.F)(text);
        const [file] = files;
        if (rejected.length > 0)
            return null;
        if (file === undefined)
            return unchanged;
        const { binary, hunks, additions, deletions, noNewlineOld, noNewlineNew } = file;
        return { binary, hunks, additions, deletions, noNewlineOld, noNewlineNew };
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
async function store(folder, name, bytes) {
    if (bytes === null)
        return '/dev/null';
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, name), bytes, { flag: 'wx' });
    return name;
}
function isBinary(bytes) {
    return bytes?.subarray(0, sampledBytes).includes(0) ?? false;
}

// EXTERNAL MODULE: ./src/github/change/github-tree.ts
var github_tree = __webpack_require__(7202);
// EXTERNAL MODULE: ./src/github/change/list-changed-files.ts + 1 modules
var list_changed_files = __webpack_require__(7039);
;// CONCATENATED MODULE: ./src/github/change/github-source.ts










const readDiff = { doing: 'reading the diff', permission: 'pull-requests: read' };
/** Reads a change from a local checkout where it holds the commits, else over the REST API. */
function createGitHubSource(options) {
    const trees = new Map();
    const sizes = new Map();
    const tree = (sha) => {
        const known = trees.get(sha) ?? readTree(options, sha, sizes);
        trees.set(sha, known);
        return known;
    };
    const entryAt = async (sha, path) => {
        const { entries, truncated } = await tree(sha);
        const listed = entries.find((entry) => entry.path === path);
        return listed ?? (truncated ? (0,github_tree/* fetchEntry */.tg)(options, sha, path) : undefined);
    };
    const readTexts = createBlobTexts({ ...options, sizeOf: (blob) => sizes.get(blob) });
    return {
        pullRequest: (number) => fetchPullRequest(options, number),
        diff: (pullRequest) => loadDiff(options, { pullRequest, tree, entryAt }),
        tree,
        blobTexts: (blobs, maxBytes, mostAlone = Number.POSITIVE_INFINITY) => readTexts({ blobs, maxBytes, mostAlone }),
        async fileText(sha, path, maxBytes) {
            const entry = await entryAt(sha, path);
            if (entry?.kind !== 'file' || (entry.size ?? 0) > maxBytes)
                return null;
            return (await readTexts({ blobs: [entry.blob], maxBytes, mostAlone: 1 })).get(entry.blob) ?? null;
        },
    };
}
function fetchPullRequest({ octokit, repository, asked }, number) {
    return (0,translate_error/* translating */.GN)({ doing: 'reading the pull request', permission: 'pull-requests: read' }, async () => {
        const { answer } = asked?.number === number ? asked : (0,ask_pull_request/* askPullRequest */.C)(octokit, { repository, number });
        return (0,github_objects/* readPullRequest */.DQ)(await answer);
    });
}
/**
 * Local git first, then the diff endpoint, then the listing of files. A source whose number of files is not
 * what the pull request says is passed over: it may have found other renames than GitHub, or been cut.
 */
async function loadDiff(options, change) {
    const { pullRequest } = change;
    const local = await options.localGit?.diff(pullRequest.base.sha, pullRequest.head.sha);
    if (local) {
        const parsed = (0,parse_diff/* parseDiff */.F)(local);
        if (isComplete(parsed, pullRequest))
            return { ...parsed, source: 'git' };
    }
    const text = await fetchDiff(options, pullRequest);
    if (text !== null) {
        const parsed = (0,parse_diff/* parseDiff */.F)(text);
        if (isComplete(parsed, pullRequest))
            return { ...parsed, source: 'api-diff' };
    }
    const listed = await (0,translate_error/* translating */.GN)(readDiff, () => (0,list_changed_files/* listChangedFiles */.A)(options.octokit, pullRequest));
    const completed = await completeListing(listed, await endsOf(options, change));
    return { ...completed, source: 'api-files' };
}
async function endsOf(options, change) {
    const { base, head } = change.pullRequest;
    const shas = { before: await (0,github_tree/* fetchMergeBase */.sl)(options, base.sha, head.sha), after: head.sha };
    const [before, after] = await Promise.all([change.tree(shas.before), change.tree(shas.after)]);
    const entries = { before: byPath(before), after: byPath(after) };
    return {
        entry: (end, path) => entries[end].get(path),
        findEntry: async (end, path) => entries[end].get(path) ?? change.entryAt(shas[end], path),
        blob: (sha, maxBytes) => (0,read_blob/* readBlob */.gm)(options, sha, maxBytes),
        diff: (pair) => diffBlobs(pair, options.git),
        timeLeft: options.timeLeft,
    };
}
function byPath({ entries }) {
    return new Map(entries.map((entry) => [entry.path, entry]));
}
function isComplete({ files, rejected }, { changedFiles }) {
    return files.length + rejected.length === changedFiles;
}
/** Null where GitHub refuses: 406 beyond 300 files or 20,000 lines. */
function fetchDiff({ octokit, repository }, pullRequest) {
    return (0,translate_error/* translating */.GN)(readDiff, async () => {
        try {
            const answer = await octokit.rest.pulls.get({
                owner: repository.owner,
                repo: repository.name,
                pull_number: pullRequest.number,
                mediaType: { format: 'diff' },
            });
            const text = answer.data;
            return typeof text === 'string' ? text : null;
        }
        catch (error) {
            if ((0,translate_error/* asHttpError */.No)(error)?.status === 406)
                return null;
            throw error;
        }
    });
}
/** A tree; what it tells of the sizes of its blobs is kept in `sizes`. */
async function readTree(options, sha, sizes) {
    const local = await options.localGit?.tree(sha);
    const tree = local ? { entries: local, truncated: false } : await (0,github_tree/* fetchTree */.fK)(options, sha);
    for (const { blob, size } of tree.entries)
        if (size !== undefined)
            sizes.set(blob, size);
    return tree;
}

// EXTERNAL MODULE: ./src/github/change/local-git.ts
var local_git = __webpack_require__(5922);
// EXTERNAL MODULE: ./src/github/client/write-once.ts
var write_once = __webpack_require__(9520);
;// CONCATENATED MODULE: ./src/github/check/list-checks.ts

/** A check run, as a listing holds it and as it comes alone. */
const CheckRun = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    external_id: schemas/* string */.YjP().nullish(),
    html_url: schemas/* string */.YjP().nullish(),
    status: schemas/* string */.YjP(),
    conclusion: schemas/* string */.YjP().nullish(),
    started_at: schemas/* string */.YjP().nullish(),
    completed_at: schemas/* string */.YjP().nullish(),
    output: schemas/* object */.Ikc({ title: schemas/* string */.YjP().nullish(), text: schemas/* string */.YjP().nullish() }).nullish(),
});
/** The newest check runs, those of other runs included, in one request. */
async function listChecks(octokit, { head, name, most = 100, ...wanted }) {
    const { data } = await octokit.rest.checks.listForRef({
        ...wanted,
        ref: head,
        check_name: name,
        // The latest alone would be the check that this run has begun.
        filter: 'all',
        per_page: most,
    });
    return schemas/* array */.YOg(CheckRun).parse(data.check_runs);
}

;// CONCATENATED MODULE: ./src/github/check/cancel-stale-checks.ts

/** Longer than a job of GitHub's own runners may last: https://docs.github.com/en/actions/reference/limits */
const longestRunMs = 6 * 60 * 60 * 1000;
/**
 * Ends the checks of this name on the commit that nobody will complete: those of an earlier attempt of this run, which
 * has ended when another begins, and those older than a job can be. Others may belong to a run that is at work.
 * What cannot be ended stays as it is: no review fails for it.
 */
async function cancelStaleChecks(octokit, wanted) {
    const { owner, repo, head, name, externalId } = wanted;
    try {
        const listed = await listChecks(octokit, { owner, repo, head, name, status: 'in_progress' });
        for (const { id } of listed.filter((check) => isStale(check, externalId))) {
            await octokit.rest.checks.update({
                owner,
                repo,
                check_run_id: id,
                status: 'completed',
                conclusion: 'cancelled',
                output: { title: 'Cancelled', summary: 'The run of this check ended before its review did.' },
            });
        }
    }
    catch {
        // The check that is started next tells what is wrong.
    }
}
function isStale({ external_id, started_at }, externalId) {
    const [theirs, ours] = [attemptIn(external_id ?? ''), attemptIn(externalId)];
    if (theirs !== null && ours !== null && theirs.run === ours.run && theirs.attempt < ours.attempt)
        return true;
    return Date.now() - Date.parse(started_at ?? '') > longestRunMs;
}
function attemptIn(externalId) {
    const [, run, attempt] = /^(\d{1,20})-(\d{1,6})-/.exec(externalId) ?? [];
    return run === undefined ? null : { run, attempt: Number(attempt) };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./src/github/client/rate-limit.ts
var rate_limit = __webpack_require__(1875);
;// CONCATENATED MODULE: ./src/github/check/complete-check.ts




const attempts = 3;
/** https://docs.github.com/en/rest/checks/runs: 50 annotations a request; further requests append. */
const annotationsPerRequest = 50;
const longestSummary = 65_535;
const gap = '\n\nSome annotations of this check may be missing: GitHub did not take them, or did not say so.';
const bareSummary = 'GitHub did not take the text of this check; it stands in the job summary.';
const operation = { doing: 'completing the check', permission: 'checks: write' };
const CheckState = schemas/* object */.Ikc({
    status: schemas/* string */.YjP(),
    output: schemas/* object */.Ikc({ annotations_count: schemas/* int */.Whr() }),
});
/**
 * Sets the conclusion until GitHub says that it is set. Annotations beyond the first fifty go ahead of it, so that a
 * completed check is a whole one. As annotations append, GitHub is asked how many it holds before any are sent again;
 * where it refuses them or cannot be asked, the check is completed all the same and says that some may be missing.
 */
function completeCheck(check, report) {
    return (0,translate_error/* translating */.GN)(operation, async () => {
        const batches = complete_check_batchesOf(report.annotations.map(toAnnotation), annotationsPerRequest);
        const last = batches.pop() ?? [];
        let isWhole = true;
        for (const [index, annotations] of batches.entries()) {
            const sent = { title: report.title, summary: report.summary, annotations };
            const held = (index + 1) * annotationsPerRequest;
            isWhole = (await addAnnotations(check, { output: sent, held })) && isWhole;
        }
        await conclude(check, report, { annotations: last, isWhole });
    });
}
/** True once GitHub holds `held` annotations; false where it will not, or nobody knows. */
async function addAnnotations(check, { output, held }) {
    for (let attempt = 1; attempt <= attempts; attempt++) {
        try {
            await check.octokit.rest.checks.update({ ...check.id, output });
            return true;
        }
        catch (error) {
            if (isRefused(error))
                return false;
            if (!(0,translate_error/* isUnclear */.Z5)(error))
                throw error;
            const count = await heldAnnotations(check, attempt);
            if (count === null)
                return false;
            if (count >= held)
                return true;
        }
    }
    return false;
}
async function conclude(check, report, rest) {
    let left = rest;
    for (let attempt = 1;; attempt++) {
        try {
            await check.octokit.rest.checks.update(concluding(check, report, left));
            return;
        }
        catch (error) {
            const mayRepeat = (0,translate_error/* isUnclear */.Z5)(error) || (isRefused(error) && left.isBare !== true);
            if (!mayRepeat || attempt === attempts)
                throw error;
            const wanted = report.annotations.length;
            left = isRefused(error)
                ? withLess(left)
                : stillToSend(left, { count: await heldAnnotations(check, attempt), wanted });
        }
    }
}
/** What is sent after a refusal: annotations go first, then the texts; a check must end. */
function withLess(left) {
    const isBare = left.annotations.length === 0;
    return { annotations: [], isWhole: isBare && left.isWhole, isBare };
}
function stillToSend(left, { count, wanted }) {
    if (left.annotations.length === 0)
        return left;
    if (count === null)
        return { annotations: [], isWhole: false };
    return { ...left, annotations: count >= wanted ? [] : left.annotations };
}
function concluding({ id }, report, { annotations, isWhole, isBare = false }) {
    const { title, summary, text, conclusion } = report;
    if (isBare)
        return { ...id, status: 'completed', conclusion, output: { title, summary: bareSummary } };
    const told = isWhole || summary.length + gap.length > longestSummary ? summary : `${summary}${gap}`;
    return {
        ...id,
        status: 'completed',
        conclusion,
        output: {
            title,
            summary: told,
            ...(text === undefined ? {} : { text }),
            ...(annotations.length === 0 ? {} : { annotations }),
        },
    };
}
/** How many annotations the check holds; null where GitHub cannot be asked either. */
async function heldAnnotations({ octokit, id, backoffUnitMs }, attempt) {
    await (0,external_node_timers_promises_.setTimeout)(backoffUnitMs * attempt);
    try {
        return CheckState.parse((await octokit.rest.checks.get(id)).data).output.annotations_count;
    }
    catch (error) {
        if (!(0,translate_error/* isUnclear */.Z5)(error))
            throw error;
        return null;
    }
}
function isRefused(error) {
    const http = (0,translate_error/* asHttpError */.No)(error);
    return http?.status === 422 && !(0,rate_limit/* isRateLimit */.a)(http);
}
function toAnnotation(annotation) {
    return {
        path: annotation.path,
        start_line: annotation.startLine,
        end_line: annotation.endLine,
        annotation_level: annotation.level,
        title: annotation.title,
        message: annotation.message,
    };
}
function complete_check_batchesOf(items, size) {
    return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

;// CONCATENATED MODULE: ./src/github/check/posting-turn.ts



/** Title of a check whose run is about to post, or is posting. */
const postingTitle = 'Posting the review';
const mostSteps = 30;
/**
 * Lets the runs on one head post one after the other. Each first says in its own check that it is about to post, and only
 * then looks at the checks of the others: of two at once at least one sees the other, and the one with the higher number
 * waits. A run that was killed while it was posting is waited for in vain for thirty steps.
 */
function takeTurn(turn) {
    return (0,translate_error/* translating */.GN)({ doing: 'taking the turn to post', permission: 'checks: write' }, async () => {
        const { octokit, repository, head, check } = turn;
        await octokit.rest.checks.update({
            ...repository,
            check_run_id: check.id,
            output: { title: postingTitle, summary: 'The findings are being posted.' },
        });
        for (let step = 0;; step++) {
            const others = (await listChecks(octokit, { ...repository, head, name: check.name })).filter(({ id }) => id !== check.id);
            const isAtWork = others.some(({ status }) => status !== 'completed');
            // A listing may lag behind what the others say, so one look is not enough where there are any.
            const mayPost = step === 0 ? !isAtWork : !others.some((other) => isAhead(other, check.id));
            if (step === mostSteps || mayPost) {
                return { alone: !others.some((other) => wasAtWork(other, check.startedAt)) };
            }
            await (0,external_node_timers_promises_.setTimeout)(turn.stepMs);
        }
    });
}
function isAhead({ id, status, output }, own) {
    return status !== 'completed' && id < own && output?.title === postingTitle;
}
/** What a run wrote shows up in listings within this time. */
const lagMs = 10_000;
function wasAtWork({ status, completed_at }, startedAt) {
    if (status !== 'completed')
        return true;
    const end = Date.parse(completed_at ?? '');
    return Number.isNaN(end) || Number.isNaN(startedAt) || end >= startedAt - lagMs;
}

;// CONCATENATED MODULE: ./src/github/check/check-runs.ts






const permission = 'checks: write';
/** A check run on the head of the pull request, in progress from now on. Ends those that earlier runs left behind. */
async function createCheck(octokit, pullRequest, options) {
    const repository = { owner: pullRequest.repository.owner, repo: pullRequest.repository.name };
    const head = pullRequest.head.sha;
    const backoffUnitMs = options.backoffUnitMs ?? 1000;
    await cancelStaleChecks(octokit, { ...repository, head, ...options });
    const check = await createOnce(octokit, {
        doing: 'starting the check',
        backoffUnitMs,
        parameters: {
            ...repository,
            name: options.name,
            head_sha: head,
            external_id: options.externalId,
            status: 'in_progress',
            output: { title: 'Review in progress', summary: 'The model server is reading the change.' },
        },
    });
    return {
        url: check.html_url ?? '',
        takeTurn: () => takeTurn({
            octokit,
            repository,
            head,
            check: { id: check.id, name: options.name, startedAt: Date.parse(check.started_at ?? '') },
            stepMs: 2 * backoffUnitMs,
        }),
        complete: (report) => completeCheck({ octokit, id: { ...repository, check_run_id: check.id }, backoffUnitMs }, report),
    };
}
/** A check run that is complete from the start, such as the one of a merge group. It holds no annotations. */
async function reportCheck(octokit, { repository, headSha, name, externalId, backoffUnitMs = 1000 }, report) {
    const { conclusion, title, summary, text } = report;
    await createOnce(octokit, {
        doing: 'reporting the check',
        backoffUnitMs,
        parameters: {
            owner: repository.owner,
            repo: repository.name,
            name,
            head_sha: headSha,
            external_id: externalId,
            status: 'completed',
            conclusion,
            output: { title, summary, ...(text === undefined ? {} : { text }) },
        },
    });
}
async function createOnce(octokit, wanted) {
    const { parameters, backoffUnitMs } = wanted;
    const operation = { doing: wanted.doing, permission };
    return await (0,translate_error/* translating */.GN)(operation, () => (0,write_once/* writeOnce */.Fq)({
        operation,
        write: async () => CheckRun.parse((await octokit.rest.checks.create(parameters)).data),
        look: () => findCheck(octokit, parameters),
        backoffUnitMs,
    }));
}
async function findCheck(octokit, wanted) {
    const { owner, repo, head_sha: head, name } = wanted;
    const listed = await listChecks(octokit, { owner, repo, head, name });
    return listed.find((check) => check.external_id === wanted.external_id) ?? null;
}
const conclusions = ['success', 'neutral', 'failure'];
/** How the newest check of that name on the commit ended; null where none did. One that was cancelled ended nothing. */
function conclusionOf(octokit, { repository, headSha, name }) {
    return (0,translate_error/* translating */.GN)({ doing: 'reading the check', permission: 'checks: read' }, async () => {
        const { owner, name: repo } = repository;
        const listed = await listChecks(octokit, { owner, repo, head: headSha, name, status: 'completed' });
        const newest = listed
            .map((check) => ({ ...check, at: check.completed_at ?? '' }))
            .sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id)
            .flatMap(({ conclusion }) => conclusions.filter((known) => known === conclusion));
        return newest[0] ?? null;
    });
}

;// CONCATENATED MODULE: ./src/github/check/read-ledgers.ts

const mostHeads = 3;
const checksPerHead = 30;
/**
 * Ledgers in the texts of our checks, one request for each of the first three commits, oldest first: the head of now may
 * be one that the branch was reset to, with a check older than that of the head before. None where the token may not read
 * checks, or GitHub cannot tell: then hunks are read again that need not be, and nothing is lost.
 */
async function readLedgers(octokit, wanted) {
    const heads = [...new Set(wanted.heads)].slice(0, mostHeads);
    const checks = await Promise.all(heads.map((head) => checksOn(octokit, wanted, head)));
    const oldestFirst = checks.flat().sort((a, b) => a.id - b.id);
    return oldestFirst.flatMap(({ output }) => wanted.parseLedgers(output?.text ?? ''));
}
async function checksOn(octokit, { pullRequest, checkName }, head) {
    try {
        const { owner, name: repo } = pullRequest.repository;
        return await listChecks(octokit, { owner, repo, head, name: checkName, most: checksPerHead });
    }
    catch {
        return [];
    }
}

// EXTERNAL MODULE: ./src/github/client/address.ts
var address = __webpack_require__(4683);
// EXTERNAL MODULE: ./src/roles.ts
var roles = __webpack_require__(554);
// EXTERNAL MODULE: ./src/github/client/pages-of.ts
var pages_of = __webpack_require__(8837);
;// CONCATENATED MODULE: ./src/github/talk/earlier-from-rest.ts




/** Most pages of 100 that are read for earlier remarks; only the newest are missed beyond, and then said twice. */
const maxPages = 30;
const User = schemas/* object */.Ikc({ id: schemas/* int */.Whr(), login: schemas/* string */.YjP(), type: schemas/* string */.YjP() }).nullish();
const Comment = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    in_reply_to_id: schemas/* int */.Whr().nullish(),
    body: schemas/* string */.YjP(),
    path: schemas/* string */.YjP(),
    line: schemas/* int */.Whr().nullish(),
    user: User,
});
const Review = schemas/* object */.Ikc({ body: schemas/* string */.YjP().nullish(), state: schemas/* string */.YjP(), user: User });
/**
 * What was said on a pull request, over the REST API. It tells neither who runs nor what is resolved: no thread has an
 * id, and none is ours, so that nothing is resolved on its word.
 */
async function listSaid(octokit, pullRequest) {
    const { listReviewComments, listReviews } = octokit.rest.pulls;
    const place = (0,address/* numbered */.j)(pullRequest);
    const comments = await (0,pages_of/* rowsOf */.RO)((page) => listReviewComments({ ...place, ...page }), maxPages);
    const reviews = await (0,pages_of/* rowsOf */.RO)((page) => listReviews({ ...place, ...page }), maxPages);
    return {
        threads: threadsOf(schemas/* array */.YOg(Comment).parse(comments)),
        reviews: schemas/* array */.YOg(Review)
            .parse(reviews)
            .filter(({ state }) => state !== 'PENDING')
            .map(toRemark),
    };
}
function threadsOf(comments) {
    const replies = Map.groupBy(comments, (comment) => comment.in_reply_to_id ?? null);
    return (replies.get(null) ?? []).map((first) => {
        const rest = replies.get(first.id) ?? [];
        return {
            id: null,
            commentId: first.id,
            path: first.path,
            line: first.line ?? null,
            isOurs: false,
            isResolved: false,
            resolvedBy: null,
            hasHumanReply: rest.some(({ user }) => !isBot(user)),
            canSettle: false,
            first: toRemark(first),
            // Nobody tells which account is ours, but ours answers in its own threads.
            replies: rest.filter(({ user }) => user != null && user.id === first.user?.id).map(toRemark),
        };
    });
}
/** A workflow posts as a bot: of what people write, nothing is taken for ours. */
function toRemark({ body, user, }) {
    return { body: body ?? '', isOurs: isBot(user) };
}
/** An account that is gone may have been a person's. */
function isBot(user) {
    return user != null && (0,roles/* isBotAccount */.R)({ kind: user.type, login: user.login });
}

;// CONCATENATED MODULE: ./src/github/client/full-database-id.ts

/** A number of GitHub's as GraphQL tells it, in up to 64 bits; its `databaseId` ends at 32, and comments are beyond. */
const FullDatabaseId = schemas/* union */.KCZ([schemas/* string */.YjP().regex(/^\d{1,16}$/), schemas/* number */.aig()])
    .transform(Number)
    .pipe(schemas/* int */.Whr());

// EXTERNAL MODULE: ./src/github/client/is-by-viewer.ts
var is_by_viewer = __webpack_require__(9892);
;// CONCATENATED MODULE: ./src/github/talk/thread-answer.ts




/** Most comments of a thread that come with it; those beyond are asked for only where the thread is one of ours. */
const commentsAtOnce = 20;
/** Null once the account is gone; then it may have been a person's. */
const Author = schemas/* object */.Ikc({ __typename: schemas/* string */.YjP(), login: schemas/* string */.YjP() }).nullable();
const thread_answer_Comment = schemas/* object */.Ikc({
    fullDatabaseId: FullDatabaseId,
    body: schemas/* string */.YjP(),
    viewerDidAuthor: schemas/* boolean */.zMY(),
    author: Author,
});
/** Entries of a list are null where GitHub may not tell them. */
function nodesOf(node) {
    return schemas/* array */.YOg(node.nullable())
        .nullish()
        .transform((nodes) => (nodes ?? []).filter((one) => one !== null));
}
function orTrue(told) {
    return told ?? true;
}
/** Thumbs are good to have: where they are not told as expected, there are none. */
const FirstAnswer = schemas/* object */.Ikc({
    nodes: nodesOf(schemas/* object */.Ikc({
        reactionGroups: nodesOf(schemas/* object */.Ikc({ content: schemas/* string */.YjP(), reactors: schemas/* object */.Ikc({ totalCount: schemas/* int */.Whr().min(0) }) })),
    })),
})
    .nullish()
    .catch(null);
const CommentsAnswer = schemas/* object */.Ikc({ totalCount: schemas/* int */.Whr(), nodes: nodesOf(thread_answer_Comment) });
const Thread = schemas/* object */.Ikc({
    id: schemas/* string */.YjP().min(1),
    path: schemas/* string */.YjP(),
    line: schemas/* int */.Whr().nullish(),
    isResolved: schemas/* boolean */.zMY(),
    resolvedBy: schemas/* object */.Ikc({
        __typename: schemas/* string */.YjP(),
        login: schemas/* string */.YjP(),
        databaseId: schemas/* int */.Whr().nullish(),
        isViewer: schemas/* boolean */.zMY(),
    })
        .nullish(),
    // Where it is not told, GitHub's answer to the attempt tells.
    viewerCanResolve: schemas/* boolean */.zMY().nullish().transform(orTrue),
    viewerCanUnresolve: schemas/* boolean */.zMY().nullish().transform(orTrue),
    first: FirstAnswer,
    comments: CommentsAnswer,
});
const thread_answer_Review = schemas/* object */.Ikc({
    body: schemas/* string */.YjP(),
    state: schemas/* string */.YjP(),
    viewerDidAuthor: schemas/* boolean */.zMY(),
    author: Author,
});
const PageInfo = schemas/* object */.Ikc({ hasPreviousPage: schemas/* boolean */.zMY(), startCursor: schemas/* string */.YjP().nullish() });
/** One page of threads and of reviews, newest page first; a part that was not asked for is absent. */
const SaidAnswer = schemas/* object */.Ikc({
    viewer: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }),
    repository: schemas/* object */.Ikc({
        pullRequest: schemas/* object */.Ikc({
            reviewThreads: schemas/* object */.Ikc({ pageInfo: PageInfo, nodes: nodesOf(Thread) }).optional(),
            reviews: schemas/* object */.Ikc({ pageInfo: PageInfo, nodes: nodesOf(thread_answer_Review) }).optional(),
        }),
    }),
});
/** Threads asked for by their ids, with more of their comments. */
const LongThreadsAnswer = schemas/* object */.Ikc({
    nodes: nodesOf(schemas/* object */.Ikc({ id: schemas/* string */.YjP(), comments: CommentsAnswer })),
});
const pageFields = 'pageInfo { hasPreviousPage startCursor }';
const commentFields = 'totalCount nodes { fullDatabaseId body viewerDidAuthor author { __typename login } }';
const threadFields = [
    'id path line isResolved viewerCanResolve viewerCanUnresolve',
    'resolvedBy { __typename login databaseId isViewer }',
    'first: comments(first: 1) { nodes { reactionGroups { content reactors(first: 1) { totalCount } } } }',
    `comments(first: ${commentsAtOnce}) { ${commentFields} }`,
].join(' ');
const reviewFields = 'body state viewerDidAuthor author { __typename login }';
/** GitHub's answer in our own words. A thread without any comment is none. */
function saidIn({ viewer, threads, reviews }) {
    return {
        threads: threads.flatMap((thread) => {
            const [first, ...rest] = thread.comments.nodes;
            return first === undefined ? [] : [toThread(thread, { first, rest, viewer })];
        }),
        reviews: reviews.filter(({ state }) => state !== 'PENDING').map((review) => thread_answer_toRemark(review, viewer)),
    };
}
function toThread(thread, { first, rest, viewer }) {
    const remark = thread_answer_toRemark(first, viewer);
    // What was not read may be a person's.
    const isCut = thread.comments.totalCount > thread.comments.nodes.length;
    return {
        id: thread.id,
        commentId: first.fullDatabaseId,
        path: thread.path,
        line: thread.line ?? null,
        isOurs: remark.isOurs,
        isResolved: thread.isResolved,
        resolvedBy: toResolver(thread, viewer),
        hasHumanReply: isCut || rest.some(({ author }) => !thread_answer_isBot(author)),
        canSettle: thread.isResolved ? thread.viewerCanUnresolve : thread.viewerCanResolve,
        ...thumbsOf(thread),
        first: remark,
        // Who copies a mark of ours into a reply must not decide by it.
        replies: rest.map((reply) => thread_answer_toRemark(reply, viewer)).filter(({ isOurs }) => isOurs),
    };
}
function thumbsOf({ first }) {
    const groups = first?.nodes[0]?.reactionGroups ?? [];
    const count = (content) => groups.find((group) => group.content === content)?.reactors.totalCount ?? 0;
    const thumbs = { up: count('THUMBS_UP'), down: count('THUMBS_DOWN') };
    return thumbs.up + thumbs.down === 0 ? {} : { thumbs };
}
function toResolver({ resolvedBy }, viewer) {
    if (!resolvedBy)
        return null;
    const { login, databaseId, isViewer } = resolvedBy;
    const isUs = isViewer || login === viewer;
    return { id: databaseId ?? null, login, isBot: thread_answer_isBot(resolvedBy), isUs };
}
function thread_answer_isBot(author) {
    return author !== null && (0,roles/* isBotAccount */.R)({ kind: author.__typename, login: author.login });
}
function thread_answer_toRemark(said, viewer) {
    return { body: said.body, isOurs: (0,is_by_viewer/* isByViewer */.e)(said, viewer) };
}

;// CONCATENATED MODULE: ./src/github/talk/read-threads.ts

/** Most pages of 100 threads and 100 reviews, newest first: 1,000 of each; older ones are not read. */
const mostPages = 10;
/** Most threads of ours with more comments than came with them that are read on, by 100 comments each. */
const mostLongThreads = 50;
// At most 100 threads with 20 comments, once more the first of each with its thumbs, and 100 reviews: about 3,000 nodes,
// and 3 points of the hourly limit:
// https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
const saidQuery = `query ($owner: String!, $name: String!, $number: Int!, $threadsBefore: String, $reviewsBefore: String, $moreThreads: Boolean!, $moreReviews: Boolean!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(last: 100, before: $threadsBefore) @include(if: $moreThreads) { ${pageFields} nodes { ${threadFields} } }
      reviews(last: 100, before: $reviewsBefore) @include(if: $moreReviews) { ${pageFields} nodes { ${reviewFields} } }
    }
  }
}`;
const longThreadsQuery = `query ($ids: [ID!]!) {
  nodes(ids: $ids) { ... on PullRequestReviewThread { id comments(first: 100) { ${commentFields} } } }
}`;
/**
 * What was said on a pull request, in one request for each hundred threads or reviews. `mayBeOurs` tells by the first
 * comment of a thread whether its later comments matter. Null where GitHub's GraphQL cannot be used: it is not there,
 * refuses the token, breaks, or answers something else than was asked for.
 */
async function readThreads(octokit, pullRequest, mayBeOurs) {
    try {
        const pages = await readPages(octokit, pullRequest);
        return saidIn({ ...pages, threads: await withAllComments(octokit, pages.threads, mayBeOurs) });
    }
    catch {
        // REST is asked next, and its errors are told.
        return null;
    }
}
async function readPages(octokit, { repository, number }) {
    const { owner, name } = repository;
    let viewer = '';
    let threads = [];
    let reviews = [];
    let threadsBefore;
    let reviewsBefore;
    for (let page = 1; page <= mostPages; page++) {
        const answer = await octokit.query(saidQuery, {
            owner,
            name,
            number,
            ...(threadsBefore ? { threadsBefore } : {}),
            ...(reviewsBefore ? { reviewsBefore } : {}),
            moreThreads: threadsBefore !== null,
            moreReviews: reviewsBefore !== null,
        });
        const said = SaidAnswer.parse(answer);
        const { pullRequest } = said.repository;
        viewer = said.viewer.login;
        if (threadsBefore !== null) {
            threads = [...(pullRequest.reviewThreads?.nodes ?? []), ...threads];
            threadsBefore = olderThan(pullRequest.reviewThreads);
        }
        if (reviewsBefore !== null) {
            reviews = [...(pullRequest.reviews?.nodes ?? []), ...reviews];
            reviewsBefore = olderThan(pullRequest.reviews);
        }
        if (threadsBefore === null && reviewsBefore === null)
            break;
    }
    return { viewer, threads, reviews };
}
function olderThan(page) {
    return page?.pageInfo.hasPreviousPage === true ? (page.pageInfo.startCursor ?? null) : null;
}
/** The threads, those that matter with up to 100 comments. What cannot be read stays cut, which counts as a person's words. */
async function withAllComments(octokit, threads, mayBeOurs) {
    const long = threads.filter(({ comments: { totalCount, nodes } }) => totalCount > nodes.length && nodes[0] !== undefined && mayBeOurs(nodes[0].body));
    if (long.length === 0)
        return threads;
    // The newest are the likeliest to be open.
    const ids = long.slice(-mostLongThreads).map(({ id }) => id);
    const answer = LongThreadsAnswer.safeParse(await octokit.query(longThreadsQuery, { ids }).catch(() => null));
    const known = new Map(answer.data?.nodes.map(({ id, comments }) => [id, comments]));
    return threads.map((thread) => ({ ...thread, comments: known.get(thread.id) ?? thread.comments }));
}

;// CONCATENATED MODULE: ./src/github/talk/said.ts
/** What of it can matter to a run, none of it believed yet. What others wrote comes first, as what comes first is cut first. */
function earlierIn({ threads, reviews }, { parseMarks, parseLedgers }) {
    const remarks = [...threads.flatMap(({ first, replies }) => [first, ...replies]), ...reviews];
    const trustedLast = [...remarks.filter(({ isOurs }) => !isOurs), ...remarks.filter(({ isOurs }) => isOurs)];
    return {
        threads: threads.flatMap(({ first, replies: _, ...thread }) => {
            const marks = parseMarks(first.body);
            return marks.length === 0 ? [] : [{ ...thread, marks }];
        }),
        marks: oncePerSeal(trustedLast.flatMap(({ body }) => parseMarks(body))),
        ledgers: oncePerSeal(trustedLast.flatMap(({ body }) => parseLedgers(body))),
    };
}
/** The last of each seal: a text that is copied around takes no place of another. */
function oncePerSeal(sealed) {
    return [...new Map(sealed.toReversed().map((one) => [one.seal, one])).values()].reverse();
}

;// CONCATENATED MODULE: ./src/github/talk/settle-thread.ts


const mutations = {
    resolved: `mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`,
    open: `mutation ($id: ID!) { unresolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`,
};
// https://github.com/github/gh-aw/issues/35726: pull-requests: write alone is answered FORBIDDEN.
const operations = {
    resolved: { doing: 'resolving a thread', permission: 'contents: write' },
    open: { doing: 'opening a thread again', permission: 'contents: write' },
};
/**
 * Marks a thread as resolved, or as open again; a thread that is so already stays so. Throws `missing-permission`
 * where the token lacks contents: write, and `github-not-found` where the thread is gone.
 */
function settleThread(octokit, { threadId, to, backoffUnitMs }) {
    const operation = operations[to];
    return (0,translate_error/* translating */.GN)(operation, async () => {
        await (0,write_once/* writeOnce */.Fq)({
            operation,
            write: () => octokit.graphql(mutations[to], { id: threadId }),
            backoffUnitMs,
        });
    });
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/errors.js
var errors = __webpack_require__(3342);
// EXTERNAL MODULE: ./src/errors.ts
var src_errors = __webpack_require__(3916);
// EXTERNAL MODULE: ./src/github/client/fits-body.ts
var fits_body = __webpack_require__(1072);
;// CONCATENATED MODULE: ./src/github/client/refusal-kind.ts


const texts = [
    ['pending', /pending review/i],
    ['moved', /commitOID|not part of the pull request/i],
    ['closed', /lock prevents|is locked|body can't be blank|body is too long/i],
    // Seen in GitHub's incidents: the base of a thread could not be found for a moment.
    ['transient', /pull_request_review_thread\.base/],
    [
        'placement',
        // "Line could not be resolved", "Path could not be resolved", "… must be part of the diff", "start line must precede the end line".
        /could not be resolved|part of the diff|hunk|must precede|pull_request_review_thread\.|side is not included/i,
    ],
];
/** Null for any answer but 422. */
function refusalKind(error) {
    const http = (0,translate_error/* asHttpError */.No)(error);
    if (http?.status !== 422)
        return null;
    if ((0,rate_limit/* isRateLimit */.a)(http))
        return 'limit';
    const told = `${http.message}\n${JSON.stringify(http.response?.data ?? '')}`;
    return texts.find(([, text]) => text.test(told))?.[0] ?? 'unknown';
}

;// CONCATENATED MODULE: ./src/github/post/review-requests.ts





const CreatedReview = schemas/* object */.Ikc({ id: schemas/* int */.Whr(), html_url: schemas/* string */.YjP() })
    .transform(({ id, html_url }) => ({ id, url: html_url }));
/** One review with all its comments, in one request. */
async function sendReview({ octokit, pullRequest, review }, content) {
    const { data } = await octokit.rest.pulls.createReview({
        ...(0,address/* numbered */.j)(pullRequest),
        commit_id: review.head,
        ...content,
        comments: content.comments.map(toRequest),
    });
    return CreatedReview.parse(data);
}
/** A comment as `POST …/reviews` wants it; a single line goes without `start_line`, which must precede `line`. */
function toRequest(comment) {
    return {
        path: comment.path,
        side: comment.side,
        line: comment.line,
        body: comment.body,
        ...(comment.startLine === undefined ? {} : { start_line: comment.startLine, start_side: comment.side }),
    };
}
/** The review that carries the mark of this run, pending or submitted; null where there is none. */
async function findOwnReview(posting) {
    return findReview(posting, ({ body }) => body?.includes(posting.review.runMark) === true);
}
/** The pending review of this token's account, which sees no other's; null where there is none. */
async function findPending(place) {
    return findReview(place, ({ state }) => state === 'PENDING');
}
async function findReview({ octokit, pullRequest }, isWanted) {
    const fetchPage = (page) => octokit.rest.pulls.listReviews({ ...(0,address/* numbered */.j)(pullRequest), ...page });
    for await (const rows of (0,pages_of/* pagesOf */.E0)(fetchPage, Number.POSITIVE_INFINITY)) {
        const found = schemas/* array */.YOg(github_objects/* ListedReview */.KG).parse(rows).find(isWanted);
        if (found !== undefined)
            return found;
    }
    return null;
}
/** Deletes a pending review with its comments; one that is gone already is fine. */
async function deletePending({ octokit, pullRequest }, id) {
    try {
        await octokit.rest.pulls.deletePendingReview({ ...(0,address/* numbered */.j)(pullRequest), review_id: id });
    }
    catch (error) {
        if ((0,translate_error/* asHttpError */.No)(error)?.status !== 404)
            throw error;
    }
}

;// CONCATENATED MODULE: ./src/github/post/find-placeable.ts



/** Each probe is two writes, and GitHub wants seconds between writes: beyond this the rest goes to the summary. */
const maxProbes = 8;
/**
 * Which of the comments GitHub would place. It refuses a review as a whole and does not say which comment was
 * wrong, so halves are tried as pending reviews, which nobody is told about and which are deleted at once.
 * `comments` is known to be refused as a whole. What could not be tried counts as not placeable.
 */
async function findPlaceable(posting, comments) {
    const budget = { probes: maxProbes };
    const search = async (refused) => {
        if (refused.length <= 1)
            return [];
        const middle = Math.ceil(refused.length / 2);
        const [first, second] = [refused.slice(0, middle), refused.slice(middle)];
        // The whole is refused: where the first half is fine, the second cannot be.
        if (await isPlaceable(posting, first, budget))
            return [...first, ...(await search(second))];
        const ofFirst = await search(first);
        return [...ofFirst, ...((await isPlaceable(posting, second, budget)) ? second : await search(second))];
    };
    return search(comments);
}
async function isPlaceable(posting, comments, budget) {
    if (budget.probes === 0)
        return false;
    budget.probes--;
    try {
        const { id } = await sendReview(posting, { comments, body: posting.review.runMark });
        await deletePending(posting, id);
        return true;
    }
    catch (error) {
        if (refusalKind(error) !== 'placement' && !(0,translate_error/* isUnclear */.Z5)(error))
            throw error;
        const orphan = await findOwnReview(posting);
        if (orphan?.state === 'PENDING')
            await deletePending(posting, orphan.id);
        return false;
    }
}

;// CONCATENATED MODULE: ./src/github/post/pending-review.ts


/**
 * Deletes the pending review of this account that a run of ours left behind: it blocks every review and every reply.
 * One without a mark of ours belongs to a person or another program, stays, and is told as `github-rejected`.
 */
async function clearPending(place, holdsRunMark) {
    const pending = await findPending(place);
    if (pending === null)
        return;
    if (!holdsRunMark(pending.body ?? '')) {
        throw new src_errors/* ReviewError */.Z('github-rejected', 'A pending review of the same account blocks what is to be said.', {
            hint: 'Submit or discard it on the pull request, or give the Action a token of its own; then run the job again.',
        });
    }
    await deletePending(place, pending.id);
}

;// CONCATENATED MODULE: ./src/github/post/post-review.ts












const post_review_attempts = 5;
const post_review_operation = { doing: 'posting the review', permission: 'pull-requests: write' };
/**
 * Posts one review with all its comments in one request. After an answer that leaves open whether the review
 * landed, it is looked for by its run mark before anything is written again. Comments that GitHub will not take are
 * given back and keep no other from being posted. A pending review that a run of ours left behind is deleted;
 * one of anybody else is theirs, and an error says so.
 */
function postReview(posting) {
    return (0,translate_error/* translating */.GN)(post_review_operation, async () => {
        const { comments } = posting.review;
        const fitting = comments.filter(({ body }) => (0,fits_body/* fitsBody */.l)(body));
        if (!(0,fits_body/* fitsBody */.l)(posting.review.body)) {
            throw new src_errors/* ReviewError */.Z('internal', 'The review is longer than GitHub accepts.', {
                hint: 'Lower max-comments in the policy, and report this with the version of the Action.',
            });
        }
        return await postOnce(posting, fitting);
    });
}
async function postOnce(posting, fitting) {
    const { comments } = posting.review;
    let toPost = fitting;
    for (let attempt = 1;; attempt++) {
        const refused = comments.filter((comment) => !toPost.includes(comment));
        try {
            const body = bodyOf(posting, refused);
            const { url } = await sendReview(posting, { comments: toPost, event: 'COMMENT', body });
            return { url, refused };
        }
        catch (error) {
            const landed = await lookAfter(posting, error);
            if (landed !== null)
                return { url: landed.html_url, refused: await notIn(posting, landed, comments) };
            if (attempt === post_review_attempts)
                throw error;
            toPost = await nextTry(posting, { error, toPost, attempt });
        }
    }
}
function bodyOf({ review }, refused) {
    return refused.length === 0 ? review.body : (review.bodyWithout?.(refused) ?? review.body);
}
/**
 * Looks whether the review landed although the answer was a server error, none, or 422: GitHub was seen to keep
 * a review that it refused. A pending one of this run is an orphan that blocks the next attempt: it is deleted.
 */
async function lookAfter(posting, error) {
    // An answer that is no review came with a status of success.
    const isOpen = (0,translate_error/* isUnclear */.Z5)(error) || error instanceof errors/* ZodError */.G;
    if (!isOpen && refusalKind(error) === null)
        return null;
    const look = () => findOwnReview(posting);
    const { backoffUnitMs } = posting;
    const own = isOpen ? await (0,write_once/* findLanded */.mV)({ operation: post_review_operation, look, backoffUnitMs }) : await (0,write_once/* lookAgain */.IK)(post_review_operation, look);
    if (own?.state !== 'PENDING')
        return own;
    await deletePending(posting, own.id);
    return null;
}
/** The comments that are worth another try after this error; throws it where none is. */
async function nextTry(posting, { error, toPost, attempt }) {
    if ((0,translate_error/* isUnclear */.Z5)(error))
        return toPost;
    const kind = refusalKind(error);
    if (kind === null)
        throw error;
    const again = async () => {
        await (0,external_node_timers_promises_.setTimeout)(posting.backoffUnitMs);
        return toPost;
    };
    const next = {
        // Every line was found in the diff, so the refusal itself is doubted first: GitHub may lag behind the push.
        placement: () => (attempt === 1 ? again() : findPlaceable(posting, toPost)),
        transient: again,
        pending: async () => {
            await clearPending(posting, posting.holdsRunMark);
            return toPost;
        },
        moved: () => Promise.reject(moved(error)),
        closed: () => Promise.reject(error),
        limit: () => Promise.reject(error),
        // Perhaps one of the comments is meant. They are told in the summary, and the review says the rest.
        unknown: () => (toPost.length === 0 ? Promise.reject(error) : Promise.resolve([])),
    };
    return next[kind]();
}
function moved(cause) {
    return new src_errors/* ReviewError */.Z('head-moved', 'The reviewed commit left the pull request before the review was posted.', {
        hint: 'Nothing was posted; the run for the new head reviews it. A command has to be given again.',
        cause,
    });
}
/** Comments that a review on GitHub does not hold: they are told elsewhere. */
async function notIn({ octokit, pullRequest }, review, comments) {
    if (comments.length === 0)
        return [];
    const { data } = await (0,write_once/* lookAgain */.IK)(post_review_operation, () => octokit.rest.pulls.listCommentsForReview({
        ...(0,address/* numbered */.j)(pullRequest),
        review_id: review.id,
        per_page: 100,
    }));
    const bodies = new Set(schemas/* array */.YOg(github_objects/* ListedComment */.tE)
        .parse(data)
        .map(({ body }) => body));
    return comments.filter(({ body }) => !bodies.has(body));
}

;// CONCATENATED MODULE: ./src/github/post/github-publisher.ts










/** Writes to a pull request over the REST API. */
function createGitHubPublisher(options) {
    const { octokit, holdsRunMark, backoffUnitMs = 1000 } = options;
    return {
        earlier: (pullRequest, before) => readEarlier(options, pullRequest, before),
        currentHead: (pullRequest) => (0,translate_error/* translating */.GN)({ doing: 'reading the pull request', permission: 'pull-requests: read' }, async () => {
            const { data } = await octokit.rest.pulls.get((0,address/* numbered */.j)(pullRequest));
            return (0,github_objects/* readPullRequest */.DQ)(data).head.sha;
        }),
        startCheck: (pullRequest) => createCheck(octokit, pullRequest, options.check),
        postReview: (pullRequest, review) => postReview({ octokit, pullRequest, review, holdsRunMark, backoffUnitMs }),
        settleThread: (threadId, to) => settleThread(octokit, { threadId, to, backoffUnitMs }),
    };
}
/**
 * Asks GraphQL, which alone tells threads and what became of them; REST where it cannot be used. Fails only where REST
 * does too. Ledgers lie in reviews, and in our checks on the head, on the one before, and on those of the newest marks.
 */
async function readEarlier({ octokit, check, parseMarks, parseLedgers }, pullRequest, before) {
    const said = (await readThreads(octokit, pullRequest, (body) => parseMarks(body).length > 0)) ??
        (await (0,translate_error/* translating */.GN)({ doing: 'reading earlier comments', permission: 'pull-requests: read' }, () => listSaid(octokit, pullRequest)));
    const earlier = earlierIn(said, { parseMarks, parseLedgers });
    const heads = [
        pullRequest.head.sha,
        ...(before === undefined ? [] : [before]),
        ...earlier.marks.map(({ head }) => head).toReversed(),
    ];
    const ofChecks = await readLedgers(octokit, { pullRequest, checkName: check.name, heads, parseLedgers });
    return { ...earlier, ledgers: oncePerSeal([...earlier.ledgers, ...ofChecks]) };
}

// EXTERNAL MODULE: ./src/github/talk/find-remark.ts
var find_remark = __webpack_require__(1700);
// EXTERNAL MODULE: ./src/github/client/is-without-graphql.ts
var is_without_graphql = __webpack_require__(7650);
;// CONCATENATED MODULE: ./src/github/talk/thread-from-rest.ts




/** Pages of 100 comments of a pull request. */
const thread_from_rest_maxPages = 30;
const Listed = schemas/* object */.Ikc({
    id: schemas/* int */.Whr(),
    in_reply_to_id: schemas/* int */.Whr().nullish(),
    path: schemas/* string */.YjP(),
    diff_hunk: schemas/* string */.YjP(),
    body: schemas/* string */.YjP(),
    user: schemas/* object */.Ikc({ id: schemas/* int */.Whr(), login: schemas/* string */.YjP(), type: schemas/* string */.YjP() }).nullable(),
});
/**
 * A thread by the listing of comments, for where threads cannot be asked for: it has no id, and nobody knows whether
 * it is resolved. The listing does not tell which account is this token's; here it is a bot that opened the thread.
 */
async function threadFromRest(place, root) {
    const comments = (await listed(place)).filter(({ id, in_reply_to_id }) => id === root || in_reply_to_id === root);
    const [first, ...replies] = comments;
    if (first === undefined || first.id !== root)
        return null;
    const ours = first.user !== null && thread_from_rest_isBot(first.user) ? first.user.id : null;
    return {
        id: null,
        path: first.path,
        hunk: first.diff_hunk,
        isResolved: false,
        comments: [toComment(first, ours), ...replies.map((reply) => toComment(reply, ours))],
    };
}
async function listed({ octokit, ...pullRequest }) {
    const query = { ...(0,address/* numbered */.j)(pullRequest), sort: 'created', direction: 'asc' };
    const rows = await (0,pages_of/* rowsOf */.RO)((page) => octokit.rest.pulls.listReviewComments({ ...query, ...page }), thread_from_rest_maxPages);
    return schemas/* array */.YOg(Listed).parse(rows);
}
function toComment({ id, body, user }, ours) {
    const author = {
        id: user?.id ?? null,
        login: user?.login ?? 'ghost',
        isBot: user !== null && thread_from_rest_isBot(user),
        isUs: user !== null && user.id === ours,
    };
    return { id, body, author };
}
function thread_from_rest_isBot({ type: kind, login }) {
    return (0,roles/* isBotAccount */.R)({ kind, login });
}

;// CONCATENATED MODULE: ./src/github/talk/find-thread.ts







/** Pages of 100: threads that are looked through from the newest on, comments that are read of one thread. */
const maxThreadPages = 20;
const maxCommentPages = 5;
const rootsQuery = `
query ($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviewThreads(last: 100, before: $before) {
      nodes { id comments(first: 1) { nodes { fullDatabaseId } } }
      pageInfo { hasPreviousPage startCursor }
    }
  } }
}`;
const threadQuery = `
query ($id: ID!, $after: String) {
  viewer { login }
  node(id: $id) { ... on PullRequestReviewThread {
    path isResolved
    comments(first: 100, after: $after) {
      nodes {
        fullDatabaseId body diffHunk viewerDidAuthor
        author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      }
      pageInfo { hasNextPage endCursor }
    }
  } }
}`;
const Roots = schemas/* object */.Ikc({
    repository: schemas/* object */.Ikc({
        pullRequest: schemas/* object */.Ikc({
            reviewThreads: schemas/* object */.Ikc({
                nodes: schemas/* array */.YOg(schemas/* object */.Ikc({
                    id: schemas/* string */.YjP(),
                    comments: schemas/* object */.Ikc({ nodes: schemas/* array */.YOg(schemas/* object */.Ikc({ fullDatabaseId: FullDatabaseId })) }),
                })),
                pageInfo: schemas/* object */.Ikc({ hasPreviousPage: schemas/* boolean */.zMY(), startCursor: schemas/* string */.YjP().nullish() }),
            }),
        }),
    }),
});
const ThreadAnswer = schemas/* object */.Ikc({
    viewer: schemas/* object */.Ikc({ login: schemas/* string */.YjP() }),
    node: schemas/* object */.Ikc({
        path: schemas/* string */.YjP(),
        isResolved: schemas/* boolean */.zMY(),
        comments: schemas/* object */.Ikc({
            nodes: schemas/* array */.YOg(schemas/* object */.Ikc({
                fullDatabaseId: FullDatabaseId,
                body: schemas/* string */.YjP(),
                diffHunk: schemas/* string */.YjP(),
                viewerDidAuthor: schemas/* boolean */.zMY(),
                // Null once the account is gone.
                author: schemas/* object */.Ikc({ __typename: schemas/* string */.YjP(), login: schemas/* string */.YjP(), databaseId: schemas/* int */.Whr().nullish() })
                    .nullable(),
            })),
            pageInfo: schemas/* object */.Ikc({ hasNextPage: schemas/* boolean */.zMY(), endCursor: schemas/* string */.YjP().nullish() }),
        }),
    })
        .nullable(),
});
const find_thread_Comment = schemas/* object */.Ikc({ id: schemas/* int */.Whr(), in_reply_to_id: schemas/* int */.Whr().nullish() });
/**
 * The thread that holds a comment, by at most 26 requests and with its first 500 comments; null where the comment
 * or its thread is gone.
 */
function findThread(place, commentId) {
    const operation = { doing: 'reading a thread', permission: 'pull-requests: read' };
    return (0,translate_error/* translating */.GN)(operation, async () => {
        const root = await rootOf(place, commentId);
        if (root === null)
            return null;
        try {
            const id = await threadWithRoot(place, root);
            return id === null ? null : await readThread(place.octokit, id);
        }
        catch (error) {
            if (!(0,is_without_graphql/* isWithoutGraphql */.m)(error))
                throw error;
            return threadFromRest(place, root);
        }
    });
}
/** The first comment of the thread that a comment stands in: itself, or the one that it answers. */
async function rootOf({ octokit, repository }, commentId) {
    try {
        const { data } = await octokit.rest.pulls.getReviewComment({
            owner: repository.owner,
            repo: repository.name,
            comment_id: commentId,
        });
        const comment = find_thread_Comment.parse(data);
        return comment.in_reply_to_id ?? comment.id;
    }
    catch (error) {
        if ((0,translate_error/* asHttpError */.No)(error)?.status === 404)
            return null;
        throw error;
    }
}
async function threadWithRoot(place, root) {
    let before = null;
    for (let page = 1; page <= maxThreadPages; page++) {
        const answer = await place.octokit.query(rootsQuery, {
            ...place.repository,
            number: place.number,
            before,
        });
        const { nodes, pageInfo } = Roots.parse(answer).repository.pullRequest.reviewThreads;
        const found = nodes.find(({ comments }) => comments.nodes[0]?.fullDatabaseId === root);
        if (found !== undefined)
            return found.id;
        if (!pageInfo.hasPreviousPage)
            return null;
        before = pageInfo.startCursor ?? null;
    }
    return null;
}
async function readThread(octokit, id) {
    const comments = [];
    let after = null;
    let node = null;
    let viewer = '';
    for (let page = 1; page <= maxCommentPages; page++) {
        const answer = await octokit.query(threadQuery, { id, after });
        const parsed = ThreadAnswer.parse(answer);
        node = parsed.node;
        viewer = parsed.viewer.login;
        if (node === null)
            return null;
        comments.push(...node.comments.nodes);
        if (!node.comments.pageInfo.hasNextPage)
            break;
        after = node.comments.pageInfo.endCursor ?? null;
    }
    const [first, ...replies] = comments;
    if (node === null || first === undefined)
        return null;
    return {
        id,
        path: node.path,
        hunk: first.diffHunk,
        isResolved: node.isResolved,
        comments: [find_thread_toComment(first, viewer), ...replies.map((reply) => find_thread_toComment(reply, viewer))],
    };
}
function find_thread_toComment(comment, viewer) {
    const { fullDatabaseId: id, body, author } = comment;
    return { id, body, author: { ...toPerson(author), isUs: (0,is_by_viewer/* isByViewer */.e)(comment, viewer) } };
}
/** `ghost` is the name that GitHub shows for an account that is gone. */
function toPerson(author) {
    if (author === null)
        return { id: null, login: 'ghost', isBot: false };
    const { databaseId, login, __typename: kind } = author;
    return { id: databaseId ?? null, login, isBot: (0,roles/* isBotAccount */.R)({ kind, login }) };
}

;// CONCATENATED MODULE: ./src/github/talk/read-role.ts



/** Logins of people, of managed users (`name_company`) and of apps: what may stand in an address. */
const loginPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\[bot\])?$/;
const Permission = schemas/* object */.Ikc({
    permission: schemas/* string */.YjP(),
    role_name: schemas/* string */.YjP().nullish(),
    user: schemas/* object */.Ikc({ id: schemas/* int */.Whr() }).nullable(),
});
/** The finer roles that GitHub reports under each of its three older permissions. */
const rolesUnder = {
    admin: ['admin'],
    write: ['write', 'maintain'],
    read: ['read', 'triage'],
};
/** What the account with this number may do: `none` for a stranger, for one that is gone, and for another one under its login. */
function readRole(octokit, repository, person) {
    const operation = { doing: 'reading what a person may do', permission: 'metadata: read' };
    return (0,translate_error/* translating */.GN)(operation, async () => {
        if (person.id === null || !loginPattern.test(person.login))
            return 'none';
        try {
            const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
                owner: repository.owner,
                repo: repository.name,
                username: person.login,
            });
            return roleFrom(Permission.parse(data), person.id);
        }
        catch (error) {
            if ((0,translate_error/* asHttpError */.No)(error)?.status === 404)
                return 'none';
            throw error;
        }
    });
}
/** A role of the organisation's own making is known by the permission that it builds on. */
function roleFrom({ permission, role_name, user }, id) {
    if (user?.id !== id)
        return 'none';
    const under = rolesUnder[permission] ?? [];
    const named = roles/* repositoryRoles */.Y.find((role) => role === role_name && under.includes(role));
    return named ?? under[0] ?? 'none';
}

;// CONCATENATED MODULE: ./src/github/talk/conversation.ts









const conversation_permission = 'pull-requests: write';
/** Talks to people on the pull requests of one repository. */
function createConversation(options) {
    const { octokit, repository, holdsRunMark, backoffUnitMs = 1000 } = options;
    const home = { owner: repository.owner, repo: repository.name };
    function remark({ place, operation, body, once, write }) {
        return (0,translate_error/* translating */.GN)(operation, async () => {
            refuseLongBody(body);
            // The same event may be run a second time, so the first write is looked for as well.
            if (await (0,find_remark/* findRemark */.a)(place, once))
                return;
            const look = async () => ((await (0,find_remark/* findRemark */.a)(place, once)) ? true : null);
            await (0,write_once/* writeOnce */.Fq)({ operation, write, look, backoffUnitMs });
        });
    }
    return {
        react: (comment, reaction) => react(options, comment, reaction),
        roleOf: (person) => readRole(octokit, repository, person),
        thread: (pullRequest, commentId) => findThread({ octokit, repository, number: pullRequest }, commentId),
        say: (pullRequest, { body, once }) => remark({
            place: { octokit, repository, number: pullRequest },
            operation: { doing: 'answering in the conversation', permission: conversation_permission },
            body,
            once,
            write: () => octokit.rest.issues.createComment({ ...home, issue_number: pullRequest, body }),
        }),
        replyInThread: (pullRequest, { root, body, once }) => remark({
            place: { octokit, repository, number: pullRequest, root },
            operation: { doing: 'answering in a thread', permission: conversation_permission },
            body,
            once,
            write: () => pastPending({ octokit, pullRequest: { repository, number: pullRequest }, holdsRunMark }, () => octokit.rest.pulls.createReplyForReviewComment({
                ...home,
                pull_number: pullRequest,
                comment_id: root,
                body,
            })),
        }),
    };
}
/** Writes, and once more where a pending review that we left behind was in the way. */
async function pastPending({ holdsRunMark, ...place }, write) {
    try {
        return await write();
    }
    catch (error) {
        if (refusalKind(error) !== 'pending')
            throw error;
        await clearPending(place, holdsRunMark);
        return await write();
    }
}
/** GitHub gives back the reaction that is there already, so a repeated request leaves one. */
function react({ octokit, repository, backoffUnitMs = 1000 }, comment, content) {
    const operation = { doing: 'reacting to a comment', permission: conversation_permission };
    const { createForIssueComment, createForPullRequestReviewComment } = octokit.rest.reactions;
    const parameters = { owner: repository.owner, repo: repository.name, comment_id: comment.id, content };
    const write = () => comment.kind === 'issue'
        ? createForIssueComment(parameters)
        : createForPullRequestReviewComment(parameters);
    return (0,translate_error/* translating */.GN)(operation, async () => {
        await (0,write_once/* writeOnce */.Fq)({ operation, write, backoffUnitMs });
    });
}
function refuseLongBody(body) {
    if ((0,fits_body/* fitsBody */.l)(body))
        return;
    throw new src_errors/* ReviewError */.Z('internal', 'The answer is longer than GitHub accepts.', {
        hint: 'Report it with the version of the Action and the code of this message.',
    });
}

// EXTERNAL MODULE: ./runner/protocol/src/reply.ts
var reply = __webpack_require__(8903);
// EXTERNAL MODULE: ./src/model/ask-for-json.ts
var ask_for_json = __webpack_require__(3629);
// EXTERNAL MODULE: ./src/model/connection.ts
var connection = __webpack_require__(7289);
// EXTERNAL MODULE: ./src/model/try-again.ts
var try_again = __webpack_require__(1889);
// EXTERNAL MODULE: ./src/model/within-deadline.ts
var within_deadline = __webpack_require__(2359);
;// CONCATENATED MODULE: ./src/model/request-reply.ts





/** Asks until the answer in a thread is there. Asking changes nothing at the server, so asking again is safe. */
async function requestReply(server, request, options) {
    const { deadlineMs } = request;
    const hint = 'Raise deadline-minutes, or serve the model on a faster machine.';
    return (0,within_deadline/* withinDeadline */.i)({ deadlineMs, signal: options.signal, hint }, async (signal) => {
        const until = Date.now() + deadlineMs;
        for (let fruitless = 1;; fruitless += 1) {
            try {
                const timeLeft = Math.max(1000, until - Date.now());
                const body = { ...request, deadlineMs: Math.min(deadlineMs, timeLeft) };
                return await (0,connection/* exchange */.cv)(server, () => ask(server, body, signal));
            }
            catch (error) {
                if (signal.aborted || !(0,try_again/* isPassing */.WG)(error))
                    throw error;
                await (0,try_again/* waitBefore */.fI)({ error, fruitless, until, signal });
            }
        }
    });
}
function ask(server, request, signal) {
    const asking = { method: 'POST', path: '/v1/replies', body: request, signal };
    return (0,ask_for_json/* askForJson */.T)(server, asking, reply/* ReplyResult */.wE);
}

// EXTERNAL MODULE: ./src/model/read-events.ts
var read_events = __webpack_require__(743);
// EXTERNAL MODULE: ./src/model/server-errors.ts
var server_errors = __webpack_require__(5276);
;// CONCATENATED MODULE: ./src/model/ask-review.ts



/** The server says something at least every 15 seconds, if only a comment: silence means that it has gone. */
const patience = { headersMs: 60_000, silenceMs: 60_000, cancelMs: 2000 };
/**
 * One connection: asks for the review, or for the rest of it, and folds what comes until the stream ends. Throws a
 * PassingError where another connection may bring the rest, else a ReviewError.
 */
async function askOnce(server, ask) {
    await (0,connection/* exchange */.cv)(server, (host) => receive(server, ask, host));
}
async function receive(server, ask, host) {
    const { folded } = ask;
    const answer = await ask_review_open(server, ask);
    if (answer.statusCode === 404 && folded.id !== undefined) {
        // The server was restarted in between.
        await answer.body.dump();
        folded.restart();
        throw (0,server_errors/* problemError */.gS)(host, 'shutting-down');
    }
    if (answer.statusCode !== 200)
        throw await (0,connection/* refusalOf */.Of)(server, answer);
    if (!/^text\/event-stream\b/i.test((0,connection/* headerOf */.rR)(answer, 'content-type') ?? '')) {
        (0,connection/* discard */.vf)(answer);
        throw (0,server_errors/* answerInvalid */.aB)('it is not a stream of events');
    }
    for await (const message of (0,read_events/* readEvents */.w)(answer.body)) {
        const problem = folded.add(message);
        if (problem !== undefined) {
            folded.restart();
            throw (0,server_errors/* problemError */.gS)(host, problem.code);
        }
        if (folded.result !== undefined)
            return;
    }
    throw (0,server_errors/* unreachable */.HB)(host, undefined);
}
/** Tells the server to stop; whether it hears that does not matter any more. */
async function cancelReview(server, id) {
    if (id === undefined)
        return;
    try {
        const answer = await (0,connection/* send */.tN)(server, `/v1/reviews/${encodeURIComponent(id)}`, {
            method: 'DELETE',
            signal: AbortSignal.timeout(patience.cancelMs),
        });
        await answer.body.dump();
    }
    catch {
        // The review ends by itself at its deadline.
    }
}
async function ask_review_open(server, ask) {
    const { id, lastEventId } = ask.folded;
    const isFirst = id === undefined;
    return (0,connection/* send */.tN)(server, isFirst ? '/v1/reviews' : `/v1/reviews/${encodeURIComponent(id)}`, {
        method: isFirst ? 'POST' : 'GET',
        headers: {
            accept: 'text/event-stream',
            ...(isFirst
                ? { 'content-type': 'application/json', 'idempotency-key': ask.idempotencyKey }
                : { 'last-event-id': String(lastEventId) }),
        },
        body: isFirst ? JSON.stringify(ask.request) : null,
        signal: ask.signal,
        headersTimeout: patience.headersMs,
        bodyTimeout: patience.silenceMs,
    });
}

// EXTERNAL MODULE: ./runner/protocol/src/finding.ts
var finding = __webpack_require__(7858);
// EXTERNAL MODULE: ./runner/protocol/src/problem.ts
var problem = __webpack_require__(3352);
// EXTERNAL MODULE: ./runner/protocol/src/review.ts
var review = __webpack_require__(5875);
;// CONCATENATED MODULE: ./runner/protocol/src/event.ts




/** The server-sent events of a review, in order: one `accepted`, any `progress` and `finding`, then one `done` or `problem`. */
const ReviewEvent = schemas/* discriminatedUnion */.gMt('event', [
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('accepted'), data: review/* Accepted */.cv }),
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('progress'), data: review/* Progress */.ke }),
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('finding'), data: finding/* Finding */.wI }),
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('done'), data: review/* Done */.RS }),
    schemas/* object */.Ikc({ event: schemas/* literal */.euz('problem'), data: problem/* Problem */.A }),
]);

;// CONCATENATED MODULE: ./src/model/folded-review.ts


/** More findings than any review has: a server that goes on is broken. */
const findingLimit = 20_000;
const knownEvents = new Set(ReviewEvent.options.map((option) => option.shape.event.value));
/** A review's events put together, over as many connections as it takes. */
class FoldedReview {
    #onProgress;
    #accepted;
    #findings = [];
    #done;
    #lastEventId = 0;
    #furthest = 0;
    constructor(onProgress) {
        this.#onProgress = onProgress;
    }
    get id() {
        return this.#accepted?.id;
    }
    /** Place of the last event in the stream; 0 before the first. */
    get lastEventId() {
        return this.#lastEventId;
    }
    /** The most events that were ever received, restarts or not. */
    get furthest() {
        return this.#furthest;
    }
    get result() {
        if (this.#accepted === undefined || this.#done === undefined)
            return undefined;
        return { accepted: this.#accepted, findings: this.#findings, done: this.#done };
    }
    /** Forgets everything: the review is over or unknown at the server, and begins anew. */
    restart() {
        this.#accepted = undefined;
        this.#findings = [];
        this.#lastEventId = 0;
    }
    /**
     * Takes the next event in. Events of a later version are passed over, and so are repeated ones. Returns the problem
     * if the review ended with one. Throws `server-answer-invalid` for a gap or for data that does not fit.
     */
    add(message) {
        const id = /^\d{1,9}$/.test(message.id ?? '') ? Number(message.id) : Number.NaN;
        if (id <= this.#lastEventId)
            return undefined;
        if (id !== this.#lastEventId + 1)
            throw (0,server_errors/* answerInvalid */.aB)('an event is missing from its stream');
        this.#lastEventId = id;
        this.#furthest = Math.max(this.#furthest, id);
        if (!knownEvents.has(message.event ?? ''))
            return undefined;
        return this.#apply(parseEvent(message));
    }
    #apply(event) {
        if (event.event !== 'accepted' && event.event !== 'problem' && this.#accepted === undefined) {
            throw (0,server_errors/* answerInvalid */.aB)('its stream does not begin with the acceptance of the review');
        }
        switch (event.event) {
            case 'accepted':
                this.#accepted = event.data;
                if (event.data.queue > 0)
                    this.#onProgress({ stage: 'queued', done: 0, total: event.data.queue });
                return undefined;
            case 'progress':
                this.#onProgress(event.data);
                return undefined;
            case 'finding':
                if (this.#findings.length >= findingLimit)
                    throw (0,server_errors/* answerInvalid */.aB)(`it has over ${findingLimit} findings`);
                this.#findings.push(event.data);
                return undefined;
            case 'done':
                this.#done = event.data;
                return undefined;
            case 'problem':
                return event.data;
        }
    }
}
function parseEvent({ event, data }) {
    let value;
    try {
        value = JSON.parse(data);
    }
    catch {
        throw (0,server_errors/* answerInvalid */.aB)('an event does not hold JSON');
    }
    const parsed = ReviewEvent.safeParse({ event, data: value });
    if (!parsed.success)
        throw (0,server_errors/* answerInvalid */.aB)('an event does not fit the contract');
    return parsed.data;
}

;// CONCATENATED MODULE: ./src/model/request-review.ts





/** Asks until the review is there: a stream that breaks is taken up where it broke. */
async function requestReview(server, request, options) {
    const folded = new FoldedReview(options.onProgress);
    const limits = {
        deadlineMs: request.deadlineMs,
        signal: options.signal,
        hint: 'Raise deadline-minutes, or ask for a lower effort in the policy.',
    };
    return (0,within_deadline/* withinDeadline */.i)(limits, async (signal) => {
        try {
            return await askUntilDone(server, { request, folded, signal });
        }
        catch (error) {
            if (signal.aborted)
                await cancelReview(server, folded.id);
            throw error;
        }
    });
}
async function askUntilDone(server, asking) {
    const { request, folded, signal } = asking;
    const until = Date.now() + request.deadlineMs;
    const idempotencyKey = nameOf(request);
    let fruitless = 0;
    for (;;) {
        const before = folded.furthest;
        const timeLeft = Math.max(1000, until - Date.now());
        try {
            const body = { ...request, deadlineMs: Math.min(request.deadlineMs, timeLeft) };
            await askOnce(server, { request: body, idempotencyKey, folded, signal });
            const { result } = folded;
            if (result !== undefined)
                return result;
        }
        catch (error) {
            if (signal.aborted || !(0,try_again/* isPassing */.WG)(error))
                throw error;
            // A review that begins again and breaks off at the same place gets nowhere.
            fruitless = folded.furthest > before ? 0 : fruitless + 1;
            await (0,try_again/* waitBefore */.fI)({ error, fruitless, until, signal });
        }
    }
}
/** The same for the same request, whenever it is sent: the time left is no part of what is asked. */
function nameOf(request) {
    const { deadlineMs: _timeLeft, ...asked } = request;
    return (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(asked)).digest('hex');
}

;// CONCATENATED MODULE: ./src/model/client.ts


/**
 * Asks a model server over HTTP for reviews and for answers in their threads. A server that is busy is asked again when
 * it says so, a stream that breaks is taken up where it broke, all of it within the request's `deadlineMs`. The same
 * review asked for twice, by this process or a later one, is one review. Redirects are not followed.
 *
 * Both throw a ReviewError: `server-unreachable`, `server-unauthorized`, `server-busy`, `server-refused`,
 * `server-answer-invalid`, `deadline`, `cancelled`, or `head-moved` when a newer head took a review's place.
 */
function createModelServerClient(options) {
    return {
        review: (request, reviewOptions) => requestReview(options, request, reviewOptions),
        reply: (request, replyOptions) => requestReply(options, request, replyOptions),
    };
}

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 20 modules
var core = __webpack_require__(3218);
;// CONCATENATED MODULE: ./src/model/run-token.ts



/**
 * Asks GitHub for a token of this run that is good at the server of this address alone, afresh each time: the server takes
 * none twice. It is masked in the log. Throws a PassingError; its message may name an address, so it is not repeated.
 */
function runTokenFor(serverUrl) {
    const audience = new URL(serverUrl).origin;
    return async () => {
        try {
            return await (0,core/* getIDToken */.V9)(audience);
        }
        catch (cause) {
            throw new try_again/* PassingError */.aB(new src_errors/* ReviewError */.Z('server-unauthorized', 'GitHub gave this run no token for the model server.', {
                hint: 'Run the job again; a runner behind a proxy needs https_proxy to reach the service of tokens.',
                retryable: true,
                cause,
            }));
        }
    };
}

// EXTERNAL MODULE: ./src/review/marker.ts
var marker = __webpack_require__(468);
;// CONCATENATED MODULE: ./src/review-roles.ts










/** The roles of a run in a job: GitHub over its API and the job's checkout, and the team's model server. */
function reviewRoles(inputs, { octokit, asked, signal, timeLeft }) {
    const { repository } = inputs;
    const git = { searchPath: inputs.searchPath, temporary: inputs.temporary, signal };
    const check = { name: 'ai-review', externalId: inputs.run };
    const conversation = createConversation({ octokit, repository, holdsRunMark: marker/* holdsRunMark */.jw });
    const address = {
        url: inputs.serverUrl,
        ...(inputs.apiKey === undefined ? {} : { apiKey: inputs.apiKey }),
        ...(inputs.hasRunToken ? { token: runTokenFor(inputs.serverUrl) } : {}),
    };
    const server = createModelServerClient(address);
    const gitDirectory = (0,external_node_path_.join)(inputs.workspace, '.git');
    return {
        source: createGitHubSource({
            octokit,
            repository,
            localGit: (0,local_git/* createLocalGit */.s)({ ...git, gitDirectory }),
            git,
            timeLeft,
            ...(asked === null ? {} : { asked }),
        }),
        publisher: createGitHubPublisher({ octokit, check, parseMarks: marker/* parseMarks */._t, parseLedgers: marker/* parseLedgers */.Um, holdsRunMark: marker/* holdsRunMark */.jw }),
        conversation,
        roleOf: conversation.roleOf,
        checks: {
            conclusionOf: (headSha) => conclusionOf(octokit, { repository, headSha, name: check.name }),
            reportCheck: (headSha, report) => reportCheck(octokit, { repository, headSha, ...check }, report),
        },
        model: server,
        replies: server,
        persona: async () => {
            const { livePersona } = await __webpack_require__.e(/* import() */ 549).then(__webpack_require__.bind(__webpack_require__, 5549));
            return livePersona({
                github: { octokit, repository },
                checkout: { ...git, gitDirectory },
                server: { ...address, signal, timeLeft },
            });
        },
        log: (0,log/* createLog */.h)(),
        now: Date.now,
        signal,
        githubRequests: octokit.requestCount,
    };
}


/***/ }),

/***/ 468:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Um: () => (/* binding */ parseLedgers),
/* harmony export */   Xf: () => (/* binding */ saidOnce),
/* harmony export */   _t: () => (/* binding */ parseMarks),
/* harmony export */   c: () => (/* binding */ formatRunMark),
/* harmony export */   jw: () => (/* binding */ holdsRunMark),
/* harmony export */   ry: () => (/* binding */ formatMark),
/* harmony export */   t5: () => (/* binding */ formatLedger),
/* harmony export */   zw: () => (/* binding */ withoutMarks)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_seal__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2694);
/* harmony import */ var _own_sign_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6188);


const hex = '[0-9a-f]';
const markPattern = new RegExp(`${_own_sign_js__WEBPACK_IMPORTED_MODULE_1__/* .ownSign */ .O}(?<kind>finding|summary|declined) head=(?<head>${hex}{40,64}) identity=(?<identity>${hex}{64}) ` +
    `(?:severity=(?<severity>[a-z]+) category=(?<category>[a-z-]+) lines=(?<lines>[0-9]{1,4}) flagged=(?<flagged>${hex}{32}) )?` +
    `(?:voice=(?<voice>persona) )?seal=(?<seal>${hex}{64}) -->`, 'g');
const ledgerPattern = new RegExp(`${_own_sign_js__WEBPACK_IMPORTED_MODULE_1__/* .ownSign */ .O}ledger head=(?<head>${hex}{40,64}) hunks=(?<hunks>[0-9a-f,]*) seal=(?<seal>${hex}{64}) -->`, 'g');
const runName = '[A-Za-z0-9._-]{1,100}';
const runPattern = new RegExp(`^${runName}$`);
const anyRunMark = new RegExp(`${_own_sign_js__WEBPACK_IMPORTED_MODULE_1__/* .ownSign */ .O}run ${runName} -->`);
/** The hidden comment that carries a mark on one of our comments. */
function formatMark({ kind, head, identity, seal, ...said }) {
    const { severity, category, lines, flagged, voice } = said;
    const isFull = severity && category && lines && flagged;
    const about = isFull ? ` severity=${severity} category=${category} lines=${lines} flagged=${flagged}` : '';
    const spoken = voice === undefined ? '' : ` voice=${voice}`;
    return `${_own_sign_js__WEBPACK_IMPORTED_MODULE_1__/* .ownSign */ .O}${kind} head=${head} identity=${identity}${about}${spoken} seal=${seal} -->`;
}
/** Every mark in a body, in order; anything that is not exactly what `formatMark` writes is no mark. */
function parseMarks(body) {
    return [...body.matchAll(markPattern)].flatMap(({ groups = {} }) => {
        const { lines, ...rest } = groups;
        const told = Object.entries(rest).filter(([, value]) => value !== undefined);
        const mark = _ai_review_protocol_seal__WEBPACK_IMPORTED_MODULE_0__/* .Mark */ .CU.safeParse({
            ...Object.fromEntries(told),
            ...(lines === undefined ? {} : { lines: Number(lines) }),
        });
        return mark.success ? [mark.data] : [];
    });
}
/** The hidden comment that carries a ledger, 33 characters for each hunk. */
function formatLedger({ head, hunks, seal }) {
    return `${_own_sign_js__WEBPACK_IMPORTED_MODULE_1__/* .ownSign */ .O}ledger head=${head} hunks=${hunks.join(',')} seal=${seal} -->`;
}
/** Every ledger in a text, in order; anything that is not exactly what `formatLedger` writes is none. */
function parseLedgers(text) {
    return [...text.matchAll(ledgerPattern)].flatMap(({ groups = {} }) => {
        const hunks = groups.hunks === '' ? [] : groups.hunks?.split(',', _ai_review_protocol_seal__WEBPACK_IMPORTED_MODULE_0__/* .longestLedger */ .wf + 1);
        const ledger = _ai_review_protocol_seal__WEBPACK_IMPORTED_MODULE_0__/* .Ledger */ .Oc.safeParse({ ...groups, hunks });
        return ledger.success ? [ledger.data] : [];
    });
}
/**
 * The hidden comment that stands in the review of one run and in no other. `run` is 1 to 100 of `[A-Za-z0-9._-]`;
 * another one is a mistake of the caller and throws.
 */
function formatRunMark(run) {
    if (!runPattern.test(run))
        throw new TypeError('a run is named by 1 to 100 letters, digits, dots, dashes');
    return `${_own_sign_js__WEBPACK_IMPORTED_MODULE_1__/* .ownSign */ .O}run ${run} -->`;
}
/** What is said once under a name: the text with the run mark of that name, by which it is found again. */
function saidOnce(text, name) {
    const once = formatRunMark(name);
    return { body: `${text}\n\n${once}`, once };
}
/** True for a text with the mark of any run. */
function holdsRunMark(text) {
    return anyRunMark.test(text);
}
/** Untrusted text for a place where Markdown shows it as it is: nothing in it reads as one of our marks. */
function withoutMarks(text) {
    return text.replaceAll('<!-- ai-review', '<!- - ai-review');
}


/***/ })

};
