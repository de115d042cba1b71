export const id = 905;
export const ids = [905];
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

/***/ 314:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ hunkIdentity)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

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
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(JSON.stringify([path, content]))
        .digest('hex');
}


/***/ }),

/***/ 2651:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   mh: () => (/* binding */ lineAt),
/* harmony export */   oZ: () => (/* binding */ lineText)
/* harmony export */ });
/* unused harmony export lineNumberOn */
/** The line's 1-based number on that side, or null where the side does not show it. */
function lineNumberOn(side, line) {
    if (side === 'LEFT')
        return line.kind === 'deleted' ? line.oldLine : null;
    return line.kind === 'deleted' ? null : line.newLine;
}
function covers(hunk, side, number) {
    const [start, count] = side === 'LEFT' ? [hunk.oldStart, hunk.oldLines] : [hunk.newStart, hunk.newLines];
    return number >= start && number < start + count;
}
/** The line that a side shows under this number, with the hunk it stands in, or null. */
function lineAt(file, side, number) {
    for (const hunk of file.hunks) {
        if (!covers(hunk, side, number))
            continue;
        const line = hunk.lines.find((candidate) => lineNumberOn(side, candidate) === number);
        if (line !== undefined)
            return { hunk, line };
    }
    return null;
}
/** The text of that line without marker and line feed, or null where the diff does not show it on that side. */
function lineText(file, side, number) {
    return lineAt(file, side, number)?.line.text ?? null;
}


/***/ }),

/***/ 3651:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ withoutOrders),
/* harmony export */   z: () => (/* binding */ ordersIn)
/* harmony export */ });
// Bots read the raw text of a comment, code and all: a slash command at the start of a line, or their own name.
const orders = /(?<=^[^\S\n]*)\/(?=[a-z])|@(?:dependabot|renovate|mergify|mergifyio|copilot|claude|codex|cursor|gemini|coderabbitai|tech-lead-bot)\b|\bbors\b/gim;
const gap = '\u200B';
/** Everything in a raw text that a bot could take for an order. */
function ordersIn(text) {
    return text.match(orders) ?? [];
}
/** The same text, to be read in code: a character without width stands inside whatever a bot could take for an order. */
function withoutOrders(text) {
    return text.replace(orders, (order) => `${order.charAt(0)}${gap}${order.slice(1)}`);
}


/***/ }),

/***/ 6826:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ boundedList)
/* harmony export */ });
/**
 * Renders and joins as many items as fit; says how many do not. '' where there are none. What does not fit is not
 * rendered: an answer with ten thousand findings costs no more than the page it fills.
 */
function boundedList(items, render, { most, separator = '\n' }) {
    const kept = [];
    let room = most;
    for (const item of items) {
        const entry = render(item);
        room -= entry.length + separator.length;
        if (room < 0)
            break;
        kept.push(entry);
    }
    const left = items.length - kept.length;
    const list = kept.join(separator);
    if (left === 0)
        return list;
    const more = `… and ${left.toLocaleString('en-US')} more, listed in findings.json`;
    const told = kept.length === 0 ? [] : [list];
    // Below a list of lines it is a paragraph of its own: on the next line it would belong to the last item.
    return separator === '\n' ? [...told, `${more}.`].join('\n\n') : [...told, more].join(separator);
}


/***/ }),

/***/ 2863:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jf: () => (/* binding */ guidelineSkipReasons),
/* harmony export */   Zr: () => (/* binding */ chooseGuidelines),
/* harmony export */   xg: () => (/* binding */ guidelineLimits)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_review__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5875);
/* harmony import */ var _guideline_kind_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5001);


const guidelineSkipReasons = {
    'not-a-file': 'symbolic link or submodule',
    'too-large': 'longer than 64 KiB',
    'too-many': 'more than 20 guideline files apply',
    'over-budget': 'the guideline files together are longer than 256 KiB',
    unreadable: 'not text, or longer than 64 KiB',
};
/** Bytes are those of the files as they stand in the repository. */
const guidelineLimits = {
    files: 20,
    bytes: _ai_review_protocol_review__WEBPACK_IMPORTED_MODULE_0__/* .requestLimits */ .W7.guidelineBytes,
    totalBytes: 4 * _ai_review_protocol_review__WEBPACK_IMPORTED_MODULE_0__/* .requestLimits */ .W7.guidelineBytes,
};
/** The directories above the paths, the root as ''. */
function ancestorsOf(paths) {
    const directories = new Set(['']);
    for (const path of paths) {
        let end = path.lastIndexOf('/');
        while (end > 0 && !directories.has(path.slice(0, end))) {
            directories.add(path.slice(0, end));
            end = path.lastIndexOf('/', end - 1);
        }
    }
    return directories;
}
function depthOf(directory) {
    return directory === '' ? 0 : directory.split('/').length;
}
function rootFirst(a, b) {
    return (depthOf(a.directory) - depthOf(b.directory) || a.rank - b.rank || (a.entry.path < b.entry.path ? -1 : 1));
}
/**
 * The style files that speak for the changed files: those of the root and of directories above a changed file.
 * Where there are too many, what people wrote goes before configuration of tools, and the root before the rest.
 */
function chooseGuidelines(entries, changedPaths) {
    const directories = ancestorsOf(changedPaths);
    const ranked = entries
        .flatMap((entry) => {
        const kind = (0,_guideline_kind_js__WEBPACK_IMPORTED_MODULE_1__/* .guidelineKind */ .V)(entry.path);
        return kind !== null && directories.has(kind.directory) ? [{ entry, ...kind }] : [];
    })
        .sort((a, b) => a.rank - b.rank || rootFirst(a, b));
    const chosen = [];
    const skipped = [];
    let total = 0;
    for (const one of ranked) {
        const { path, kind, size = 0 } = one.entry;
        const reason = skipReason({ kind, size, total, count: chosen.length });
        if (reason === null) {
            total += size;
            chosen.push(one);
        }
        else
            skipped.push({ path, reason });
    }
    return { chosen: chosen.sort(rootFirst).map(({ entry }) => entry), skipped };
}
function skipReason(one) {
    if (one.kind !== 'file')
        return 'not-a-file';
    if (one.size > guidelineLimits.bytes)
        return 'too-large';
    if (one.count >= guidelineLimits.files)
        return 'too-many';
    return one.total + one.size > guidelineLimits.totalBytes ? 'over-budget' : null;
}


/***/ }),

/***/ 8663:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DV: () => (/* binding */ codeBlock),
/* harmony export */   SS: () => (/* binding */ codeSpan),
/* harmony export */   St: () => (/* binding */ suggestionBlock)
/* harmony export */ });
/* harmony import */ var _bot_orders_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3651);
/* harmony import */ var _inert_markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8576);
/* harmony import */ var _marker_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(468);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(784);




function longestRun(text) {
    return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
function fenced(content, language) {
    const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
    return `${fence}${language}\n${content}${fence}`;
}
/** Untrusted code to be read. No content ends the block, and no line of it begins as an order to a bot does. */
function codeBlock(text) {
    const quiet = (0,_bot_orders_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutOrders */ .g)((0,_marker_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutMarks */ .zw)(text));
    return fenced(quiet === '' || quiet.endsWith('\n') ? quiet : `${quiet}\n`, 'text');
}
/**
 * The block that GitHub offers to put in place of the commented lines. `lines` are joined by line feeds, so that a last
 * empty line is one; '' is no line at all, and deletes them.
 */
function suggestionBlock(lines) {
    return fenced(lines === '' ? '' : `${lines}\n`, 'suggestion');
}
/** An untrusted name (a path, a rule) as one code span; as plain text where it reads like an order to a bot. */
function codeSpan(name) {
    const shown = (0,_marker_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutMarks */ .zw)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_3__/* .visibleLine */ .P8)(name));
    // A colon of ours may follow, and must not make an emoji of the end of the name.
    if ((0,_bot_orders_js__WEBPACK_IMPORTED_MODULE_2__/* .ordersIn */ .z)(shown).length > 0)
        return (0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .inertLine */ .F)(shown).replace(/:(?=[\w+-]+$)/, ':&#8203;');
    const fence = '`'.repeat(longestRun(shown) + 1);
    const padding = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : '';
    return `${fence}${padding}${shown}${padding}${fence}`;
}


/***/ }),

/***/ 5819:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ep: () => (/* binding */ conclude),
/* harmony export */   XP: () => (/* binding */ failingEarlier),
/* harmony export */   gB: () => (/* binding */ isWholeReview),
/* harmony export */   v9: () => (/* binding */ failingFindings)
/* harmony export */ });
/* harmony import */ var _coverage_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4528);
/* harmony import */ var _judge_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5150);
/* harmony import */ var _render_voice_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5245);



/** Findings of this run that make the check fail. One that was said before still counts, unless a person declined it. */
function failingFindings({ judged, earlier, policy }) {
    const bound = policy.policy['fail-on'];
    if (bound === 'never')
        return [];
    const declined = new Set(earlier.filter(({ standing }) => standing === 'declined').map(({ identity }) => identity));
    return judged.filter(({ finding, verdict }) => verdict !== 'below-threshold' &&
        (0,_judge_js__WEBPACK_IMPORTED_MODULE_1__/* .isAtLeast */ .du)(finding.severity, bound) &&
        !(verdict === 'already-said' && declined.has(finding.identity)));
}
/**
 * Findings of earlier runs that make the check fail: still open, and not counted among those of this run. As severe as
 * they were said to be: a model that is less sure of it the second time has not mended it.
 */
function failingEarlier(summary) {
    const { earlier, policy } = summary;
    const bound = policy.policy['fail-on'];
    if (bound === 'never')
        return [];
    const counted = new Set(failingFindings(summary).map(({ finding }) => finding.identity));
    return earlier.filter(({ identity, severity, standing }) => standing === 'open' && severity !== undefined && (0,_judge_js__WEBPACK_IMPORTED_MODULE_1__/* .isAtLeast */ .du)(severity, bound) && !counted.has(identity));
}
/**
 * `success` only if everything selected was reviewed; `failure` only where the policy's `fail-on` says so.
 * A failure of ours is `neutral`: it never turns the check green and never blocks a merge.
 */
function conclude(summary) {
    if (summary.failure !== undefined || summary.answer === null)
        return 'neutral';
    if (failingFindings(summary).length > 0 || failingEarlier(summary).length > 0)
        return 'failure';
    return isWholeReview(summary) && (0,_render_voice_js__WEBPACK_IMPORTED_MODULE_2__/* .isReadByReviewer */ .$e)(summary) ? 'success' : 'neutral';
}
/** True where all that was selected was read, by whoever was asked. */
function isWholeReview(summary) {
    const { answer, failure } = summary;
    const isAnswered = failure === undefined && answer !== null;
    return isAnswered && answer.done.complete && (0,_coverage_js__WEBPACK_IMPORTED_MODULE_0__/* .unreviewedFiles */ .E)(summary).length === 0;
}


/***/ }),

/***/ 3046:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dx: () => (/* binding */ numeral),
/* harmony export */   F3: () => (/* binding */ standingsOf),
/* harmony export */   gG: () => (/* binding */ verdictNames),
/* harmony export */   h1: () => (/* binding */ describeSeverities),
/* harmony export */   hS: () => (/* binding */ counted),
/* harmony export */   kA: () => (/* binding */ describeFindings),
/* harmony export */   qX: () => (/* binding */ countVerdicts)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7858);
/* harmony import */ var _judge_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5150);


const verdictNames = {
    posted: 'posted as line comments',
    'in-summary': 'in the summary',
    'already-said': 'said before',
    'below-threshold': 'below the threshold',
    'outside-diff': 'outside the diff',
};
/** A number for people, such as `1,200`. */
function numeral(count) {
    return count.toLocaleString('en-US');
}
/** `1 finding`, `2 findings`. */
function counted(count, one, many = `${one}s`) {
    return `${numeral(count)} ${count === 1 ? one : many}`;
}
function countVerdicts(judged) {
    return new Map(_judge_js__WEBPACK_IMPORTED_MODULE_1__/* .verdicts */ .rY.map((verdict) => [verdict, judged.filter((one) => one.verdict === verdict).length]));
}
function bySeverity(a, b) {
    const rank = ({ record }) => record.severity === undefined ? _ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .gO.length : _ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .gO.indexOf(record.severity);
    return rank(a) - rank(b);
}
/** What is new, and how what was said before stands now; most severe first. */
function standingsOf({ judged, earlier }) {
    const fresh = judged.filter(({ verdict }) => verdict === 'posted' || verdict === 'in-summary');
    const freshIdentities = new Set(fresh.map(({ finding }) => finding.identity));
    const found = new Map(judged
        .filter(({ verdict, finding }) => verdict === 'already-said' && !freshIdentities.has(finding.identity))
        .map((again) => [again.finding.identity, again]));
    const told = earlier.map((record) => {
        const again = found.get(record.identity);
        found.delete(record.identity);
        return { standing: record.standing, finding: again === undefined ? { record } : { record, again } };
    });
    // Said before under a mark whose thread nobody could read: it stands all the same.
    const untold = [...found.values()].map((again) => ({
        standing: 'open',
        finding: { record: { ...again.finding, step: 'none', thread: null }, again },
    }));
    const all = [...told, ...untold];
    const standing = (wanted) => all
        .filter((one) => one.standing === wanted)
        .map(({ finding }) => finding)
        .sort(bySeverity);
    return {
        new: fresh,
        open: standing('open'),
        fixed: standing('fixed'),
        declined: standing('declined'),
    };
}
/** Such as `1 high, 2 medium`; marks that do not tell their severity are counted last. */
function describeSeverities(found) {
    return [..._ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .gO, undefined]
        .flatMap((severity) => {
        const count = found.filter((one) => one === severity).length;
        return count === 0 ? [] : [`${numeral(count)} ${severity ?? 'of unknown severity'}`];
    })
        .join(', ');
}
/** The outcome in one line, such as `2 new findings: 1 high, 1 medium; 3 still open; 1 fixed`. */
function describeFindings(summary) {
    const { new: fresh, open, fixed, declined } = standingsOf(summary);
    const isFirst = open.length + fixed.length + declined.length === 0;
    const name = isFirst ? 'finding' : 'new finding';
    const outside = summary.judged.filter(({ verdict }) => verdict === 'outside-diff').length;
    const counts = [
        [open.length, 'still open'],
        [fixed.length, 'fixed'],
        [declined.length, 'declined'],
        [outside, 'outside the diff'],
    ];
    return [
        fresh.length === 0
            ? `No ${name}s`
            : `${counted(fresh.length, name)}: ${describeSeverities(fresh.map(({ finding }) => finding.severity))}`,
        ...counts.flatMap(([count, words]) => (count === 0 ? [] : [`${numeral(count)} ${words}`])),
    ].join('; ');
}


/***/ }),

/***/ 4528:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ unreviewedFiles),
/* harmony export */   V: () => (/* binding */ leftAlone)
/* harmony export */ });
/* harmony import */ var _skip_reason_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6598);

const notReached = {
    deadline: 'the deadline came first',
    'too-large': 'too large for the model',
    'engine-failed': 'the engine failed',
    'invalid-answer': 'the model answered nonsense',
    refused: 'the model refused',
    cancelled: 'the review was cancelled',
};
/** Why a change was looked at by nobody; null where somebody did. The wire has no word of its own for it. */
function nobodyRead({ provenance }) {
    if (provenance.reviewers.length > 0)
        return null;
    return provenance.model === null ? 'no model is configured on the model server' : 'no reviewer took part';
}
function gapOf(coverage) {
    if (coverage === undefined)
        return 'the model server does not say that it was read';
    const { hunks, reviewedHunks, reason } = coverage;
    if (reviewedHunks >= hunks && reason === undefined)
        return null;
    const why = reason === undefined ? 'no reason given' : notReached[reason];
    return reviewedHunks === 0 ? why : `${Math.min(reviewedHunks, hunks)} of ${hunks} hunks read; ${why}`;
}
/** Every file that the policy wants reviewed and that was not read whole, with the reason. */
function unreviewedFiles({ selection, answer }) {
    const withheld = selection.skipped
        .filter(({ reason }) => !_skip_reason_js__WEBPACK_IMPORTED_MODULE_0__/* .skipReasons */ .d[reason].complete)
        .map(({ path, reason }) => ({ path, reason: _skip_reason_js__WEBPACK_IMPORTED_MODULE_0__/* .skipReasons */ .d[reason].sentence }));
    const nobody = answer && nobodyRead(answer.done);
    const covered = new Map(answer?.done.coverage.map((coverage) => [coverage.path, coverage]));
    const gaps = selection.selected.flatMap(({ path, hunks }) => {
        if (answer === null)
            return [{ path, reason: 'the model server gave no answer' }];
        const told = covered.get(path);
        // What counts is the number of hunks that was asked for, not the number that the answer claims.
        const reason = gapOf(told && { ...told, hunks: Math.max(told.hunks, hunks.length) });
        return reason === null ? [] : [{ path, reason: nobody ?? reason }];
    });
    return [...withheld, ...gaps];
}
/** Files that are left alone on purpose, by reason. */
function leftAlone({ selection }) {
    const left = selection.skipped.filter(({ reason }) => _skip_reason_js__WEBPACK_IMPORTED_MODULE_0__/* .skipReasons */ .d[reason].complete);
    return new Map([...Map.groupBy(left, ({ reason }) => reason)].map(([reason, files]) => [
        reason,
        files.map(({ path }) => path),
    ]));
}


/***/ }),

/***/ 701:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ describeLines),
/* harmony export */   x: () => (/* binding */ placementOf)
/* harmony export */ });
/** The place of a finding as the host's API wants it: a range only where it spans more than one line. */
function placementOf({ side, line, startLine }) {
    return startLine !== undefined && startLine < line ? { side, startLine, line } : { side, line };
}
/** Lines of a finding for people: `12` or `10–12`, with a note on the side that is gone. */
function describeLines({ side, line, startLine }) {
    const range = startLine !== undefined && startLine < line ? `lines ${startLine}–${line}` : `line ${line}`;
    return side === 'LEFT' ? `${range} before the change` : range;
}


/***/ }),

/***/ 5001:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ guidelineKind)
/* harmony export */ });
const prose = [
    String.raw `(?:\.github/|docs/)?(?:contributing|style|style[-_]?guide|cod(?:e|ing)[-_]style)(?:\.(?:md|mdx|rst|txt|adoc))?`,
    String.raw `(?:agents|claude)\.md`,
    String.raw `\.github/copilot-instructions\.md`,
    String.raw `\.github/instructions/(?:[^/]+/){0,5}[^/]+\.instructions\.md`,
    String.raw `\.cursor/rules/(?:[^/]+/){0,5}[^/]+\.mdc?`,
    String.raw `\.cursorrules`,
];
const configuration = [
    String.raw `\.editorconfig`,
    String.raw `\.eslintrc(?:\.(?:json|ya?ml|c?js))?`,
    String.raw `eslint\.config\.[cm]?[jt]s`,
    String.raw `\.prettierrc(?:\.(?:json5?|ya?ml|toml|[cm]?js))?`,
    String.raw `prettier\.config\.[cm]?[jt]s`,
    String.raw `(?:config/checkstyle/)?checkstyle\.xml`,
    String.raw `\.?ruff\.toml`,
    String.raw `pyproject\.toml`,
    String.raw `\.golangci\.(?:ya?ml|toml|json)`,
];
// The directory is matched lazily, so that `docs/STYLE.md` is a guideline of the root and not of `docs`.
const byKind = [prose, configuration].map((names) => new RegExp(`^((?:[^/]+/)*?)(?:${names.join('|')})$`, 'i'));
/** Tells whether a path is that of a style file, and for which directory it speaks. */
function guidelineKind(path) {
    for (const [rank, pattern] of byKind.entries()) {
        const found = pattern.exec(path);
        if (found)
            return { directory: (found[1] ?? '').replace(/\/$/, ''), rank };
    }
    return null;
}


/***/ }),

/***/ 8576:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ inertLine),
/* harmony export */   I: () => (/* binding */ inertMarkdown)
/* harmony export */ });
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(784);

// GitHub looks for mentions, references and addresses in the text after Markdown is resolved, where an escaped `@` is
// an `@` again. Only a character between the sign and the name keeps it from being one. No visible text holds it.
const gap = '\u200B';
/** Punctuation that Markdown, GitHub or a bot reading the raw text could take for more than text. */
const escapes = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '#': '&#35;',
    $: '&#36;',
    '@': '&#64;',
    '+': '&#43;',
    [gap]: '&#8203;',
};
const live = [
    [/@/g, `@${gap}`],
    [/#(?=\d)/g, `#${gap}`],
    [/:\/\//g, `:${gap}//`],
    [/(www)(?=\.)/gi, `$1${gap}`],
    [/(mailto|xmpp):/gi, `$1:${gap}`],
    [/(GH-)(?=\d)/gi, `$1${gap}`],
    [/\b(b)(?=ors\b)/gi, `$1${gap}`],
    // Emoji by name, such as :tada:.
    [/:(?=[\w+-]{1,50}:)/g, `:${gap}`],
];
/** Long enough to be the name of a commit, and not a word. */
const commit = /(?<![A-Za-z0-9])(?=[a-f]{0,39}\d)[0-9a-f]{7,40}(?![A-Za-z0-9])/gi;
/** Code spans whose content is harmless wherever it is read: no address, no name, no reference. */
const codeSpan = /(?<!`)`([^`\n]{1,200})`(?!`)/g;
const liveInRawText = /<!|:\/\/|www\.|@|#\d|\bGH-\d|\bbors\b|^\s|\s$|\b[\w-]+\.[a-z]{2,}\//i;
function escapeProse(text) {
    return live
        .reduce((rest, [pattern, broken]) => rest.replace(pattern, broken), text)
        .replace(commit, (hash) => hash.replace(/.{6}(?=.)/g, `$&${gap}`))
        .replace(/[\\`*_[\]|~!^{}]/g, '\\$&')
        .replace(/[&<>#$@+\u200B]/g, (sign) => escapes[sign] ?? sign)
        .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '&#46;');
}
/** A line must not begin with anything that makes a block, a slash command or a trailer. */
function escapeLineStart(line) {
    return line
        .replace(/^\s+/, '')
        .replace(/^[-=]/, (sign) => `\\${sign}`)
        .replace(/^\//, '&#47;')
        .replace(/^(\d{1,9})([.)])/, '$1\\$2')
        .replace(/^([A-Za-z][A-Za-z-]* ?[A-Za-z-]*):/, '$1&#58;');
}
function renderLine(line) {
    let rendered = '';
    let end = 0;
    for (const match of line.matchAll(codeSpan)) {
        const [whole, content = ''] = match;
        if (liveInRawText.test(content))
            continue;
        rendered += escapeProse(line.slice(end, match.index)) + whole;
        end = match.index + whole.length;
    }
    return escapeLineStart(rendered + escapeProse(line.slice(end)));
}
/**
 * Untrusted text as Markdown that shows exactly this text and does nothing: no HTML, image, link, mention, reference,
 * closing keyword, command, heading, list or table. Short code spans stay code; line breaks and paragraphs stay.
 */
function inertMarkdown(text) {
    return (0,_visible_text_js__WEBPACK_IMPORTED_MODULE_0__/* .visibleText */ .Q6)(text)
        .replaceAll('\t', ' ')
        .split('\n')
        .map((line) => renderLine(line.trimEnd()))
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
}
/** The same on one line, for titles and list entries. */
function inertLine(text) {
    return inertMarkdown(text.replace(/\s+/g, ' '));
}


/***/ }),

/***/ 5150:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  du: () => (/* binding */ isAtLeast),
  S4: () => (/* binding */ judge),
  rY: () => (/* binding */ verdicts),
  pP: () => (/* binding */ withRefused),
  aN: () => (/* binding */ withoutSaid)
});

// EXTERNAL MODULE: ./runner/protocol/src/finding.ts
var finding = __webpack_require__(7858);
// EXTERNAL MODULE: ./src/diff/line-at.ts
var line_at = __webpack_require__(2651);
;// CONCATENATED MODULE: ./src/diff/commentable.ts

const SUBMODULE_MODE = '160000';
function sideFault(file, side) {
    if (file.binary)
        return 'binary';
    if ((side === 'LEFT' ? file.oldMode : file.newMode) === SUBMODULE_MODE)
        return 'submodule';
    return file.hunks.length === 0 ? 'no-hunks' : null;
}
function rangeFault(file, { side, startLine, line }) {
    const end = (0,line_at/* lineAt */.mh)(file, side, line);
    if (end === null)
        return 'line-not-in-diff';
    if (startLine === undefined)
        return null;
    if (startLine >= line)
        return 'start-not-before-line';
    const start = (0,line_at/* lineAt */.mh)(file, side, startLine);
    if (start === null)
        return 'start-not-in-diff';
    return start.hunk === end.hunk ? null : 'different-hunks';
}
/**
 * Whether GitHub accepts a comment on these lines, or why not. Both ends must stand in the same hunk, and a start must
 * come before the line it leads to: for one line leave it out. A single refused comment makes GitHub refuse the whole
 * review (422), so every comment is asked about here first.
 */
function canComment(file, range) {
    const reason = sideFault(file, range.side) ?? rangeFault(file, range);
    return reason === null ? { ok: true } : { ok: false, reason };
}

// EXTERNAL MODULE: ./src/review/finding-location.ts
var finding_location = __webpack_require__(701);
// EXTERNAL MODULE: ./src/review/ledger-name.ts
var ledger_name = __webpack_require__(6121);
// EXTERNAL MODULE: ./src/review/marker.ts
var marker = __webpack_require__(468);
;// CONCATENATED MODULE: ./src/review/judge.ts






const verdicts = ['posted', 'in-summary', 'already-said', 'below-threshold', 'outside-diff'];
/** From here on a finding is worth telling even where it was declined, or where the code was read before. */
const alwaysWorth = 'high';
/** True where `severity` is as severe as `bound` or more. */
function isAtLeast(severity, bound) {
    return finding/* severities */.gO.indexOf(severity) <= finding/* severities */.gO.indexOf(bound);
}
/** Most valuable first; the rest of the order only makes it stable from run to run. */
function byValue(a, b) {
    return (finding/* severities */.gO.indexOf(a.severity) - finding/* severities */.gO.indexOf(b.severity) ||
        b.confidence - a.confidence ||
        (a.path < b.path ? -1 : Number(a.path > b.path)) ||
        a.line - b.line ||
        (a.identity < b.identity ? -1 : Number(a.identity > b.identity)));
}
function threshold(finding, policy) {
    if (!isAtLeast(finding.severity, policy['min-severity']))
        return 'Below `min-severity`.';
    return finding.confidence < policy['min-confidence'] ? 'Below `min-confidence`.' : null;
}
/** A declined finding comes back only when it is found to be much worse than it was said to be. */
function judgeSaid(finding, said) {
    const isNewEvidence = said.declined &&
        said.severity !== undefined &&
        isAtLeast(finding.severity, alwaysWorth) &&
        !isAtLeast(said.severity, alwaysWorth);
    if (isNewEvidence)
        return { verdict: 'in-summary', reason: 'Declined before, at a lower severity.' };
    return { verdict: 'already-said', reason: said.declined ? 'Declined before.' : 'Said before.' };
}
function isInSettledHunk(file, finding, settled) {
    const hunk = (0,line_at/* lineAt */.mh)(file, finding.side, finding.line)?.hunk;
    return hunk !== undefined && settled.has((0,ledger_name/* ledgerName */.b)(file.path, hunk));
}
/**
 * Gives every finding one verdict, most valuable first. Two findings of one identity are said once, and on code that an
 * earlier run has read only high severity is added: the work on a change has to come to an end.
 */
function judge(findings, by) {
    const files = new Map(by.files.map((file) => [file.path, file]));
    const earlier = new Map(by.earlier.map((one) => [one.identity, one]));
    const settled = new Set(by.settled ?? []);
    const said = new Set();
    const mostComments = by.policy['max-comments'];
    let posted = 0;
    const verdictOf = (finding) => {
        const file = files.get(finding.path);
        if (file === undefined)
            return { verdict: 'outside-diff', reason: 'Not in a file under review.' };
        const below = threshold(finding, by.policy);
        if (below !== null)
            return { verdict: 'below-threshold', reason: below };
        if (said.has(finding.identity))
            return { verdict: 'already-said', reason: 'Said before.' };
        const before = earlier.get(finding.identity);
        if (before !== undefined) {
            said.add(finding.identity);
            return judgeSaid(finding, before);
        }
        if (!canComment(file, (0,finding_location/* placementOf */.x)(finding)).ok) {
            return { verdict: 'outside-diff', reason: 'Not on a line of the diff.' };
        }
        if (!isAtLeast(finding.severity, alwaysWorth) && isInSettledHunk(file, finding, settled)) {
            return { verdict: 'below-threshold', reason: 'On code that an earlier run has read.' };
        }
        said.add(finding.identity);
        if (posted >= mostComments)
            return { verdict: 'in-summary', reason: 'Over `max-comments`.' };
        posted += 1;
        return { verdict: 'posted', reason: '' };
    };
    return [...findings].sort(byValue).map((finding) => ({ finding, ...verdictOf(finding) }));
}
/** After posting: findings whose comment the host refused to place become `in-summary`. */
function withRefused(judged, refused) {
    const identities = new Set(refused.flatMap(({ body }) => (0,marker/* parseMarks */._t)(body).map((mark) => mark.identity)));
    return judged.map((one) => one.verdict === 'posted' && identities.has(one.finding.identity)
        ? { ...one, verdict: 'in-summary', reason: 'GitHub refused to place the comment.' }
        : one);
}
/**
 * Drops what another run has said since this one asked. The server cannot be asked again, so a mark counts where its
 * seal is the one that this run was given for the finding, or where it stands on a comment of our own account.
 */
function withoutSaid(judged, { marks, threads }) {
    const seals = new Set(marks.map(({ seal }) => seal));
    const ours = new Set(threads.flatMap((thread) => (thread.isOurs ? thread.marks : [])).map(identityOf));
    return judged.map((one) => {
        const isNews = one.verdict === 'posted' || one.verdict === 'in-summary';
        const wasSaid = seals.has(one.finding.seal) || ours.has(one.finding.identity);
        if (!isNews || !wasSaid)
            return one;
        return { ...one, verdict: 'already-said', reason: 'Said by another run meanwhile.' };
    });
}
function identityOf({ identity }) {
    return identity;
}


/***/ }),

/***/ 6121:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ ledgerName)
/* harmony export */ });
/* harmony import */ var _diff_hunk_identity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(314);

/** A hunk as a ledger names it: by the first half of its identity. */
function ledgerName(path, hunk) {
    return (0,_diff_hunk_identity_js__WEBPACK_IMPORTED_MODULE_0__/* .hunkIdentity */ .D)(path, hunk).slice(0, 32);
}


/***/ }),

/***/ 6937:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ markOf)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_seal__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2694);

/**
 * The mark of a finding in the review of `head`. One on more lines than a mark counts bears its identity only: so the
 * server sealed it (`runner/model-server/src/review/mark-of.ts`).
 */
function markOf(finding, head) {
    const { identity, seal, severity, category, line, startLine, flagged, voice } = finding;
    const spoken = voice === undefined ? {} : { voice: 'persona' };
    const bare = { kind: 'finding', head, identity, seal, ...spoken };
    const lines = line - (startLine ?? line) + 1;
    if (flagged === undefined || lines > _ai_review_protocol_seal__WEBPACK_IMPORTED_MODULE_0__/* .longestFlaggedRange */ .yJ)
        return bare;
    return { ...bare, severity, category, lines, flagged };
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


/***/ }),

/***/ 4425:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ paragraphs)
/* harmony export */ });
/** Blocks of Markdown one below the other; those that are '' are left out. */
function paragraphs(blocks) {
    return blocks.filter((block) => block !== '').join('\n\n');
}


/***/ }),

/***/ 905:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  d: () => (/* binding */ renderCheck),
  J: () => (/* binding */ renderReason)
});

// EXTERNAL MODULE: ./src/review/code-block.ts
var code_block = __webpack_require__(8663);
// EXTERNAL MODULE: ./src/review/conclude.ts
var conclude = __webpack_require__(5819);
// EXTERNAL MODULE: ./src/review/counts.ts
var counts = __webpack_require__(3046);
// EXTERNAL MODULE: ./src/review/paragraphs.ts
var paragraphs = __webpack_require__(4425);
// EXTERNAL MODULE: ./src/review/render-comment.ts
var render_comment = __webpack_require__(1950);
// EXTERNAL MODULE: ./src/review/render-title.ts
var render_title = __webpack_require__(3581);
// EXTERNAL MODULE: ./src/review/visible-text.ts + 1 modules
var visible_text = __webpack_require__(784);
// EXTERNAL MODULE: ./src/review/voice-line.ts
var voice_line = __webpack_require__(7881);
;// CONCATENATED MODULE: ./src/review/render-annotations.ts





/** Four requests of GitHub's 50: beyond that nobody reads them, and each request costs time. */
const mostAnnotations = 200;
/** Only what has no line comment, and a line to stand on: the same remark twice on one line helps nobody. */
function renderAnnotations(summary) {
    const failing = new Set((0,conclude/* failingFindings */.v9)(summary));
    return summary.judged
        .filter(({ verdict, finding }) => verdict === 'in-summary' && finding.side === 'RIGHT')
        .slice(0, mostAnnotations)
        .map((one) => ({
        path: one.finding.path,
        startLine: Math.min(one.finding.startLine ?? one.finding.line, one.finding.line),
        endLine: one.finding.line,
        level: failing.has(one) ? 'failure' : one.finding.severity === 'low' ? 'notice' : 'warning',
        title: (0,visible_text/* clip */.$Q)(`${(0,render_comment/* badge */.qS)(one.finding)}: ${(0,visible_text/* visibleLine */.P8)(one.finding.title)}`, render_title/* longestTitle */.D),
        message: [
            (0,visible_text/* visibleText */.Q6)(one.finding.body).trim() || (0,visible_text/* visibleLine */.P8)(one.finding.title),
            ...[(0,voice_line/* styleNote */.Y_)(one.finding, summary)].filter((note) => note !== ''),
        ].join('\n\n'),
    }));
}

// EXTERNAL MODULE: ./src/review/render-ledgers.ts
var render_ledgers = __webpack_require__(7817);
// EXTERNAL MODULE: ./src/review/render-provenance.ts
var render_provenance = __webpack_require__(5204);
// EXTERNAL MODULE: ./src/review/render-sections.ts + 1 modules
var render_sections = __webpack_require__(1425);
// EXTERNAL MODULE: ./src/review/render-standings.ts
var render_standings = __webpack_require__(4570);
// EXTERNAL MODULE: ./src/review/render-voice.ts
var render_voice = __webpack_require__(5245);
;// CONCATENATED MODULE: ./src/review/render-check.ts











/** GitHub takes 65,535 characters of a summary, and as many of the text below it. */
const longestText = 65_535;
/** What each list may take; findings without a comment take what the others leave. */
const shares = { commented: 8000, files: 7000, standings: 4000, notices: 5000 };
/** Why the check fails where the policy says so, or is neutral though nothing is missing; '' where that needs no word. */
function renderReason(summary) {
    const conclusion = (0,conclude/* conclude */.Ep)(summary);
    if (conclusion === 'neutral' && (0,conclude/* isWholeReview */.gB)(summary) && !(0,render_voice/* isReadByReviewer */.$e)(summary)) {
        return 'The check is neutral, since a voice alone is no review of the whole change: the reviewer itself has not read all of it.';
    }
    if (conclusion !== 'failure')
        return '';
    const failing = [...(0,conclude/* failingFindings */.v9)(summary), ...(0,conclude/* failingEarlier */.XP)(summary)];
    const bound = (0,code_block/* codeSpan */.SS)(`fail-on: ${summary.policy.policy['fail-on']}`);
    return `The policy's ${bound} makes the check fail: ${(0,counts/* counted */.hS)(failing.length, 'finding')} of that severity or above.`;
}
/** The outcome first, then what was not read, then who read: what a maintainer wants within ten seconds. */
function renderHead(summary) {
    const { selected, skipped } = summary.selection;
    return [
        `**${(0,render_title/* renderTitle */.z)(summary)}.** ${(0,counts/* counted */.hS)(selected.length, 'file')} selected for review, ${(0,counts/* numeral */.Dx)(skipped.length)} skipped.`,
        (0,render_voice/* renderVoice */.RS)(summary),
        (0,render_standings/* renderTally */.$)(summary),
        (0,render_sections/* renderFailure */.zt)(summary),
        renderReason(summary),
        (0,render_sections/* renderUnreviewed */.NV)(summary, shares.files),
        (0,render_provenance/* renderEffort */.z)(summary),
    ];
}
/** The part of the check that carries what the next run is told. */
function renderText(summary) {
    const words = 'What was read is kept here, hidden, so that the next run need not read it again.';
    const { text, left } = (0,render_ledgers/* renderLedgers */.r)(summary, longestText - words.length - 2);
    const notice = left === 0
        ? ''
        : 'The record of what was read is too long to be kept whole: the next run reads more again.';
    return text === '' ? { notice } : { text: `${words}\n\n${text}`, notice };
}
/** Title and page of the check. */
function renderCheck(summary) {
    const { text, notice } = renderText(summary);
    const head = (0,paragraphs/* paragraphs */.q)([...renderHead(summary), (0,render_sections/* renderCommented */.lh)(summary, shares.commented)]);
    const tail = (0,paragraphs/* paragraphs */.q)([
        (0,render_standings/* renderStandings */.s)(summary, shares.standings),
        (0,render_sections/* renderVerdicts */.jA)(summary),
        (0,render_sections/* renderNotices */.WF)(summary, shares.notices),
        notice,
        (0,render_sections/* renderLeftAlone */.XQ)(summary, shares.files),
        (0,render_provenance/* renderProvenance */._)(summary),
    ]);
    const found = (0,render_sections/* renderUncommented */.W$)((0,render_sections/* withoutComment */.sp)(summary.judged), {
        about: summary,
        most: longestText - head.length - tail.length - 200,
        elsewhere: 'the job summary and findings.json',
    });
    return {
        conclusion: (0,conclude/* conclude */.Ep)(summary),
        title: (0,render_title/* renderTitle */.z)(summary),
        summary: (0,paragraphs/* paragraphs */.q)([head, found, tail]),
        annotations: renderAnnotations(summary),
        ...(text === undefined ? {} : { text }),
    };
}


/***/ }),

/***/ 1950:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ saysTitleFirst),
/* harmony export */   Ko: () => (/* binding */ renderFindingTitle),
/* harmony export */   Le: () => (/* binding */ renderComments),
/* harmony export */   WH: () => (/* binding */ renderFindingBody),
/* harmony export */   qS: () => (/* binding */ badge)
/* harmony export */ });
/* harmony import */ var _code_block_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8663);
/* harmony import */ var _finding_location_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(701);
/* harmony import */ var _inert_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8576);
/* harmony import */ var _mark_of_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6937);
/* harmony import */ var _marker_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(468);
/* harmony import */ var _paragraphs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4425);
/* harmony import */ var _render_suggestion_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1639);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(784);
/* harmony import */ var _voice_line_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7881);









// Escapes make a text up to twelve times as long; GitHub takes 65,536 characters.
const longest = { title: 240, body: 3000, reference: 200 };
const evidenceNames = {
    rule: 'Rule',
    guideline: 'Guideline',
    'past-comment': 'Past comment',
};
/** Severity and category in words, such as `High · error handling`. */
function badge({ severity, category }) {
    const name = severity.charAt(0).toUpperCase() + severity.slice(1);
    return `${name} · ${category.replaceAll('-', ' ')}`;
}
/** Title of a finding on one line, inert. */
function renderFindingTitle({ title }) {
    return (0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inertLine */ .F)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_6__/* .visibleText */ .Q6)(title), longest.title));
}
/** Body of a finding, inert. */
function renderFindingBody({ body }) {
    return (0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .inertMarkdown */ .I)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_6__/* .visibleText */ .Q6)(body), longest.body));
}
/** True where a body begins with its title: to show both would say the same twice. */
function saysTitleFirst({ title, body }) {
    const plain = (text) => (0,_visible_text_js__WEBPACK_IMPORTED_MODULE_6__/* .visibleLine */ .P8)(text).trim().toLowerCase();
    const start = plain(title).replace(/[\s.…]+$/u, '');
    return start !== '' && plain(body).startsWith(start);
}
/** Of a finding in somebody's style this stands in the line of the voice, past comments as links. */
function renderEvidence({ evidence, confidence, reviewer, voice }) {
    const named = evidence
        .filter((one) => voice === undefined || !(0,_voice_line_js__WEBPACK_IMPORTED_MODULE_5__/* .isPastComment */ .aR)(one))
        .map(({ kind, reference }) => `${evidenceNames[kind]} ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_6__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_6__/* .visibleText */ .Q6)(reference), longest.reference))}`);
    const sure = `confidence ${Math.round(confidence * 100)} %`;
    const found = voice === undefined ? [`Found by ${reviewer}`, sure] : [sure];
    return [...found, ...named].join(' · ');
}
function renderBody(finding, { files, headSha, about = {} }) {
    const file = files.find(({ path }) => path === finding.path);
    const mark = (0,_marker_js__WEBPACK_IMPORTED_MODULE_3__/* .formatMark */ .ry)((0,_mark_of_js__WEBPACK_IMPORTED_MODULE_2__/* .markOf */ .F)(finding, headSha));
    const source = [(0,_voice_line_js__WEBPACK_IMPORTED_MODULE_5__/* .renderVoiceLine */ .p7)(finding, about), renderEvidence(finding)].filter((part) => part !== '');
    return (0,_paragraphs_js__WEBPACK_IMPORTED_MODULE_7__/* .paragraphs */ .q)([...renderWords(finding), (0,_render_suggestion_js__WEBPACK_IMPORTED_MODULE_4__/* .renderSuggestion */ .t)(finding, file), source.join(' · '), mark]);
}
/** Blocks that no badge can stand before on the same line: code, lists, headings, tables. */
const plainStart = /^(?:[\p{L}\p{N}"'(]|`(?!``))/u;
/** Title and body, or the body alone where it says the title itself. */
function renderWords(finding) {
    const [head, body] = [`**${badge(finding)}**`, renderFindingBody(finding)];
    if (!saysTitleFirst(finding))
        return [`${head}: ${renderFindingTitle(finding)}`, body];
    return plainStart.test(body) ? [`${head}: ${body}`] : [head, body];
}
/** One comment for each finding whose verdict is `posted`, in their order. */
function renderComments(judged, context) {
    return judged
        .filter(({ verdict }) => verdict === 'posted')
        .map(({ finding }) => ({
        path: finding.path,
        ...(0,_finding_location_js__WEBPACK_IMPORTED_MODULE_8__/* .placementOf */ .x)(finding),
        body: renderBody(finding, context),
    }));
}


/***/ }),

/***/ 1611:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F8: () => (/* binding */ renderStanding),
/* harmony export */   Ft: () => (/* binding */ renderEntry),
/* harmony export */   UY: () => (/* binding */ pathSpan)
/* harmony export */ });
/* harmony import */ var _code_block_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8663);
/* harmony import */ var _finding_location_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(701);
/* harmony import */ var _paragraphs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4425);
/* harmony import */ var _render_comment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1950);
/* harmony import */ var _render_suggestion_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1639);
/* harmony import */ var _thread_link_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3127);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(784);
/* harmony import */ var _voice_line_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7881);








const longestPath = 300;
/** An untrusted path as code. */
function pathSpan(path) {
    return path === null ? 'a file without a readable path' : (0,_code_block_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_4__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_4__/* .visibleLine */ .P8)(path), longestPath));
}
/** Parts of one list item, each a block of its own; those that are '' are left out. */
function listItem(parts) {
    const [head = '', ...rest] = (0,_paragraphs_js__WEBPACK_IMPORTED_MODULE_5__/* .paragraphs */ .q)(parts).split('\n');
    return [`- ${head}`, ...rest.map((line) => (line === '' ? '' : `  ${line}`))].join('\n');
}
/** A finding of this run: what and where, and in full the rest of it with the reason why it stands here. */
function renderEntry({ finding, reason }, length, { about, hidden = '' }) {
    const place = `**${(0,_render_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .badge */ .qS)(finding)}** · ${pathSpan(finding.path)} ${(0,_finding_location_js__WEBPACK_IMPORTED_MODULE_6__/* .describeLines */ .B)(finding)}`;
    const head = `${place} · ${(0,_render_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .renderFindingTitle */ .Ko)(finding)}`;
    if (length === 'brief') {
        const note = (0,_voice_line_js__WEBPACK_IMPORTED_MODULE_3__/* .renderStyleNote */ .Gf)(finding, about);
        return listItem([note === '' ? head : `${head} · ${note}`, hidden]);
    }
    const said = [(0,_render_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .renderFindingBody */ .WH)(finding), (0,_render_suggestion_js__WEBPACK_IMPORTED_MODULE_2__/* .renderSuggestedText */ .D)(finding), (0,_voice_line_js__WEBPACK_IMPORTED_MODULE_3__/* .renderVoiceLine */ .p7)(finding, about)];
    return listItem([(0,_render_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .saysTitleFirst */ .F2)(finding) ? place : head, ...said, reason, hidden]);
}
const steps = {
    none: '',
    resolve: '',
    reopen: 'found again, so its thread is open again',
    'leave-replied': 'its thread stays open, since somebody has replied there',
    'leave-not-permitted': '',
};
function renderPlace({ record, again }, pageUrl) {
    const { thread } = record;
    if (thread === null)
        return again === undefined ? '' : `${pathSpan(again.finding.path)} ${(0,_finding_location_js__WEBPACK_IMPORTED_MODULE_6__/* .describeLines */ .B)(again.finding)}`;
    const words = thread.line === null ? 'thread' : `line ${thread.line}`;
    return `${pathSpan(thread.path)} ${(0,_thread_link_js__WEBPACK_IMPORTED_MODULE_7__/* .threadLink */ .t)(words, pageUrl, thread.commentId)}`;
}
/** A finding of an earlier run with the way to its thread, and with its words where this run has found it again. */
function renderStanding(standing, about) {
    const { severity, category, step } = standing.record;
    const kind = severity === undefined || category === undefined ? 'Finding' : (0,_render_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .badge */ .qS)({ severity, category });
    const again = standing.again?.finding;
    const title = again === undefined ? '' : (0,_render_comment_js__WEBPACK_IMPORTED_MODULE_1__/* .renderFindingTitle */ .Ko)(again);
    const note = again === undefined ? '' : (0,_voice_line_js__WEBPACK_IMPORTED_MODULE_3__/* .renderStyleNote */ .Gf)(again, about);
    const told = [`**${kind}**`, renderPlace(standing, about.pageUrl), title, note, steps[step]];
    return listItem([told.filter((part) => part !== '').join(' · ')]);
}


/***/ }),

/***/ 7817:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ renderLedgers)
/* harmony export */ });
/* harmony import */ var _marker_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(468);

/** As many ledgers as fit into `most` characters; the newest tells most, so it has the first right to the room. */
function renderLedgers({ ledgersToKeep = [] }, most) {
    const kept = [];
    let room = most;
    for (const ledger of ledgersToKeep.toReversed()) {
        const text = (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .formatLedger */ .t5)(ledger);
        if (text.length + 1 > room)
            continue;
        room -= text.length + 1;
        kept.unshift(text);
    }
    return { text: kept.join('\n'), left: ledgersToKeep.length - kept.length };
}


/***/ }),

/***/ 5204:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ renderProvenance),
/* harmony export */   z: () => (/* binding */ renderEffort)
/* harmony export */ });
/* harmony import */ var _bounded_list_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6826);
/* harmony import */ var _code_block_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8663);
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3046);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(784);




const longestName = 100;
function name(text) {
    return (0,_code_block_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_2__/* .visibleLine */ .P8)(text), longestName));
}
function seconds(ms) {
    return `${(ms / 1000).toFixed(1)} s`;
}
function renderModel({ provenance }) {
    const reviewers = (0,_bounded_list_js__WEBPACK_IMPORTED_MODULE_3__/* .boundedList */ .Y)(provenance.reviewers, name, { most: 1000, separator: ', ' });
    if (provenance.model === null)
        return `**No model took part.** Reviewers: ${reviewers}.`;
    const hash = provenance.modelHash === null ? '' : ` (${name(provenance.modelHash.slice(0, 12))})`;
    const adapter = provenance.adapter === null ? '' : ` with adapter ${name(provenance.adapter)}`;
    return `Model ${name(provenance.model)}${hash}${adapter}. Reviewers: ${reviewers}.`;
}
/** Who took part, how thoroughly, and at what cost. */
function renderEffort({ answer, totalMs }) {
    if (answer === null)
        return `No model took part. ${seconds(totalMs)}.`;
    const { usage } = answer.done;
    const tokens = `${(0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .numeral */ .Dx)(usage.promptTokens)} tokens read and ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .numeral */ .Dx)(usage.completionTokens)} written`;
    // A review's body is written before the run has ended, when only the server's time is known.
    const time = seconds(totalMs || usage.totalMs);
    const calls = (0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(usage.modelCalls, 'model call');
    return `${renderModel(answer.done)}\nEffort ${answer.accepted.effort}, ${time}, ${calls}, ${tokens}.`;
}
/** What the answer can be reproduced from. */
function renderProvenance({ answer, policy, headSha }) {
    const read = `Commit ${name(headSha.slice(0, 12))}, policy ${name(policy.hash.slice(0, 12))}`;
    if (answer === null)
        return `${read}.`;
    const { promptVersion, promptHash, serverVersion } = answer.done.provenance;
    return `${read}, prompt ${name(promptVersion)} (${name(promptHash.slice(0, 12))}), server ${name(serverVersion)}.`;
}


/***/ }),

/***/ 1425:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lh: () => (/* binding */ renderCommented),
  zt: () => (/* binding */ renderFailure),
  XQ: () => (/* binding */ renderLeftAlone),
  WF: () => (/* binding */ renderNotices),
  W$: () => (/* binding */ renderUncommented),
  NV: () => (/* binding */ renderUnreviewed),
  jA: () => (/* binding */ renderVerdicts),
  sp: () => (/* binding */ withoutComment)
});

// EXTERNAL MODULE: ./src/review/bounded-list.ts
var bounded_list = __webpack_require__(6826);
// EXTERNAL MODULE: ./src/review/choose-guidelines.ts
var choose_guidelines = __webpack_require__(2863);
// EXTERNAL MODULE: ./src/review/code-block.ts
var code_block = __webpack_require__(8663);
// EXTERNAL MODULE: ./src/review/counts.ts
var review_counts = __webpack_require__(3046);
// EXTERNAL MODULE: ./src/review/coverage.ts
var coverage = __webpack_require__(4528);
;// CONCATENATED MODULE: ./src/review/fair-list.ts

const separator = '\n\n';
/** Kept for the sentences that say what is left out. */
const closing = 250;
/**
 * As many items as fit. Each gets its one line before any gets more; then the room that is left goes to whole texts, in
 * the order of the items. Says how many are shortened, and how many are left out. '' where there are none.
 */
function fairList(items, render, { most, elsewhere }) {
    const entries = [];
    let room = most - closing;
    for (const item of items) {
        const brief = render(item, 'brief');
        room -= brief.length + separator.length;
        if (room < 0)
            break;
        entries.push(brief);
    }
    const left = items.length - entries.length;
    let shortened = 0;
    items.slice(0, entries.length).forEach((item, index) => {
        const brief = entries[index] ?? '';
        const full = render(item, 'full');
        const more = full.length - brief.length;
        if (more > room) {
            shortened += 1;
            return;
        }
        room -= more;
        entries[index] = full;
    });
    if (shortened > 0) {
        const [verb, whole] = shortened === 1 ? ['is', 'its whole text is'] : ['are', 'their whole texts are'];
        entries.push(`${(0,review_counts/* counted */.hS)(shortened, 'text')} ${verb} left out here; ${whole} in ${elsewhere}.`);
    }
    if (left > 0)
        entries.push(`… and ${(0,review_counts/* numeral */.Dx)(left)} more, listed in findings.json.`);
    return entries.join(separator);
}

// EXTERNAL MODULE: ./src/review/inert-markdown.ts
var inert_markdown = __webpack_require__(8576);
// EXTERNAL MODULE: ./src/review/paragraphs.ts
var paragraphs = __webpack_require__(4425);
// EXTERNAL MODULE: ./src/review/render-entry.ts
var render_entry = __webpack_require__(1611);
// EXTERNAL MODULE: ./src/review/skip-reason.ts
var skip_reason = __webpack_require__(6598);
;// CONCATENATED MODULE: ./src/review/render-sections.ts










function section(title, content) {
    return content === '' ? '' : `### ${title}\n\n${content}`;
}
function renderFailure({ answer, failure }) {
    if (failure === undefined)
        return '';
    const what = answer === null ? 'Not reviewed' : 'Not posted';
    return `**${what}.** ${(0,inert_markdown/* inertLine */.F)(failure.message)} ${(0,inert_markdown/* inertLine */.F)(failure.hint)} (${(0,code_block/* codeSpan */.SS)(failure.code)})`;
}
/** What became of the findings, in one sentence that leaves out what did not happen. */
function renderVerdicts({ judged, answer }) {
    const { disproved = 0, duplicate = 0, invalid = 0 } = answer?.done.discarded ?? {};
    const counts = [
        ...[...(0,review_counts/* countVerdicts */.qX)(judged)].map(([verdict, count]) => [review_counts/* verdictNames */.gG[verdict], count]),
        ['disproved by the server', disproved],
        ['repeated', duplicate],
        ['not usable', invalid],
    ];
    const told = counts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`);
    return told.length === 0 ? '' : `What became of the findings: ${told.join(', ')}.`;
}
/** Findings that the summary has to tell, since no line comment does. */
function withoutComment(judged) {
    return judged.filter(({ verdict }) => verdict === 'in-summary' || verdict === 'outside-diff');
}
/** Findings that stand as line comments, one line each; '' where there are none. */
function renderCommented(summary, most) {
    const posted = summary.judged.filter(({ verdict }) => verdict === 'posted');
    const list = (0,bounded_list/* boundedList */.Y)(posted, (one) => (0,render_entry/* renderEntry */.Ft)(one, 'brief', { about: summary }), { most });
    return section(`With a line comment: ${(0,review_counts/* counted */.hS)(posted.length, 'finding')}`, list);
}
/** Findings that have no line comment, each readable, with all its words as far as there is room. */
function renderUncommented(found, options) {
    const { most, elsewhere, about, hidden = () => '' } = options;
    const reasons = new Set(found.map(({ reason }) => reason));
    const [reason = ''] = reasons;
    const told = reasons.size === 1 ? found.map((one) => ({ ...one, reason: '' })) : found;
    const list = fairList(told, (one, length) => (0,render_entry/* renderEntry */.Ft)(one, length, { about, hidden: hidden(one) }), {
        most,
        elsewhere,
    });
    const content = (0,paragraphs/* paragraphs */.q)([reasons.size === 1 ? reason : '', list]);
    return section(`Without a line comment: ${(0,review_counts/* counted */.hS)(found.length, 'finding')}`, content);
}
function renderUnreviewed(summary, most) {
    const files = (0,coverage/* unreviewedFiles */.E)(summary);
    const list = (0,bounded_list/* boundedList */.Y)(files, ({ path, reason }) => `- ${(0,render_entry/* pathSpan */.UY)(path)}: ${reason}`, { most });
    return section(`Not reviewed: ${(0,review_counts/* counted */.hS)(files.length, 'file')}`, list);
}
function renderLeftAlone(summary, most) {
    const reasons = [...(0,coverage/* leftAlone */.V)(summary)];
    const share = Math.floor(most / Math.max(1, reasons.length));
    const lines = reasons.map(([reason, paths]) => {
        const names = (0,bounded_list/* boundedList */.Y)(paths, render_entry/* pathSpan */.UY, { most: share, separator: ', ' });
        return `- ${skip_reason/* skipReasons */.d[reason].sentence} (${paths.length}): ${names}`;
    });
    return section('Left alone', lines.join('\n'));
}
function renderNotice({ path, message }) {
    return `- ${path === undefined ? '' : `${(0,render_entry/* pathSpan */.UY)(path)}: `}${(0,inert_markdown/* inertLine */.F)(message)}`;
}
/** What the maintainers should mend: the policy, guideline files that were not read, rules that do not work. */
function renderNotices(summary, most) {
    const { policy, skippedGuidelines, notices, answer } = summary;
    const problems = policy.problems.map(({ message }) => ({ message }));
    const fallback = { message: 'The policy file was not used; the defaults are in force.' };
    const guidelines = skippedGuidelines.map(({ path, reason }) => ({
        path,
        message: `not read: ${choose_guidelines/* guidelineSkipReasons */.Jf[reason]}`,
    }));
    const all = [
        // First, so that no number of problems leaves no room for it.
        ...(problems.length > 0 ? [fallback] : []),
        ...problems,
        ...notices,
        ...(answer?.done.notices ?? []),
        ...guidelines,
    ];
    return section('To mend', (0,bounded_list/* boundedList */.Y)(all, renderNotice, { most }));
}


/***/ }),

/***/ 4570:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ renderTally),
/* harmony export */   s: () => (/* binding */ renderStandings)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7858);
/* harmony import */ var _bounded_list_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6826);
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3046);
/* harmony import */ var _paragraphs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4425);
/* harmony import */ var _render_entry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1611);





const names = { open: 'Still open', fixed: 'Fixed', declined: 'Declined' };
/** How many findings are new, still open, fixed and declined, by severity; '' where there are none at all. */
function renderTally(summary) {
    const { new: fresh, ...earlier } = (0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .standingsOf */ .F3)(summary);
    const rows = [
        { name: 'New', found: fresh.map(({ finding }) => finding.severity) },
        ...['open', 'fixed', 'declined'].map((standing) => ({
            name: names[standing],
            found: earlier[standing].map(({ record }) => record.severity),
        })),
    ].filter(({ found }) => found.length > 0);
    const known = _ai_review_protocol_finding__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .gO.filter((severity) => rows.some(({ found }) => found.includes(severity)));
    if (rows.length === 0)
        return '';
    const table = rows.map(({ name, found }) => [
        name,
        ...known
            .map((severity) => found.filter((one) => one === severity).length)
            .map((count) => (count === 0 ? '' : (0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .numeral */ .Dx)(count))),
        `**${(0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .numeral */ .Dx)(found.length)}**`,
    ]);
    const heads = ['Findings', ...known.map((name) => name.charAt(0).toUpperCase() + name.slice(1)), 'All'];
    const rule = heads.map((_, index) => (index === 0 ? ':--' : '--:'));
    return [heads, rule, ...table].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
/** Threads that a fixed finding leaves open because the token may not resolve them; '' where there are none. */
function renderPermission(fixed) {
    const count = fixed.filter(({ record }) => record.step === 'leave-not-permitted').length;
    if (count === 0)
        return '';
    const [threads, them] = count === 1 ? ['thread stays', 'it'] : ['threads stay', 'them'];
    return `${(0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .numeral */ .Dx)(count)} ${threads} open: the token may not resolve ${them} without \`contents: write\`.`;
}
/** What has a thread, or words of this run, is listed; what stands in an earlier summary only is counted. */
function renderList(found, summary, most) {
    const listed = found.filter(({ record, again }) => record.thread !== null || again !== undefined);
    const unlisted = found.filter(({ record, again }) => record.thread === null && again === undefined);
    const list = (0,_bounded_list_js__WEBPACK_IMPORTED_MODULE_3__/* .boundedList */ .Y)(listed, (one) => (0,_render_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .renderStanding */ .F8)(one, summary), { most });
    if (unlisted.length === 0)
        return list;
    const kinds = (0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .describeSeverities */ .h1)(unlisted.map(({ record }) => record.severity));
    const counts = `${(0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(unlisted.length, 'finding')} told in the summary of an earlier review: ${kinds}.`;
    return (0,_paragraphs_js__WEBPACK_IMPORTED_MODULE_4__/* .paragraphs */ .q)([list, counts]);
}
/** What became of the findings of earlier runs, each with the way to its thread. `most` is characters of each list. */
function renderStandings(summary, most, { note } = { note: 'with-note' }) {
    const standings = (0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .standingsOf */ .F3)(summary);
    const lists = ['open', 'fixed', 'declined']
        .filter((standing) => standings[standing].length > 0)
        .map((standing) => {
        const found = standings[standing];
        const permission = standing === 'fixed' && note === 'with-note' ? renderPermission(found) : '';
        const title = `### ${names[standing]}: ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(found.length, 'finding')}`;
        return (0,_paragraphs_js__WEBPACK_IMPORTED_MODULE_4__/* .paragraphs */ .q)([title, permission, renderList(found, summary, most)]);
    });
    return (0,_paragraphs_js__WEBPACK_IMPORTED_MODULE_4__/* .paragraphs */ .q)(lists);
}


/***/ }),

/***/ 1639:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D: () => (/* binding */ renderSuggestedText),
  t: () => (/* binding */ renderSuggestion)
});

// EXTERNAL MODULE: ./src/diff/line-at.ts
var line_at = __webpack_require__(2651);
// EXTERNAL MODULE: ./src/review/code-block.ts
var code_block = __webpack_require__(8663);
// EXTERNAL MODULE: ./src/review/finding-location.ts
var finding_location = __webpack_require__(701);
// EXTERNAL MODULE: ./src/review/bot-orders.ts
var bot_orders = __webpack_require__(3651);
// EXTERNAL MODULE: ./src/review/marker.ts
var marker = __webpack_require__(468);
// EXTERNAL MODULE: ./src/review/visible-text.ts + 1 modules
var visible_text = __webpack_require__(784);
;// CONCATENATED MODULE: ./src/review/suggestion-risk.ts



const mostLines = 20;
// What one click must not bring in: addresses, shells, evaluation, install hooks, wide permissions, TLS turned off.
const risks = [
    /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'`<>)]+/gi,
    /\b(?:curl|wget|eval|Function|exec(?:Sync|File|FileSync)?|spawn(?:Sync)?|system|popen|subprocess|child_process|Invoke-Expression|iex|powershell)\b/gi,
    /\b(?:base64|atob|fromCharCode|pickle|deserialize|chmod|sudo|setuid|unsafe|insecure|no-check-certificate)\b/gi,
    /\|\s*(?:sh|bash|zsh|python3?|node|perl|ruby)\b/gi,
    /["'](?:pre|post)?(?:install|prepare|pack|publish)["']\s*:/gi,
    /\b(?:write-all|pull_request_target|permissions\s*:|uses\s*:\s*\S+)/gi,
    /\b(?:rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|InsecureSkipVerify|verify\s*=\s*False|CERT_NONE|_create_unverified_context|TrustAll\w*)\b/gi,
    /^\s*(?:from|import|use|using|#\s*include)\s+\S+/gim,
    /\b(?:from|import|require)\s*\(?\s*["'][^"'\s]+/gi,
    /^\s*["']?[\w@/.-]+["']?\s*:\s*["'][\^~]?\d+\.[^"']*/gim,
];
function tokensOf(text) {
    const tokens = risks.flatMap((risk) => text.match(risk) ?? []);
    return new Set(tokens.map((token) => token.toLowerCase().replace(/\s+/g, ' ').trim()));
}
/**
 * Whether a suggestion may be offered for one click. `original` is the text that it replaces: what stands there already
 * may stand in the suggestion too.
 */
function isSafeSuggestion(suggestion, original) {
    if (suggestion.split('\n').length > mostLines)
        return false;
    if ((0,marker/* withoutMarks */.zw)((0,visible_text/* visibleText */.Q6)(suggestion)) !== suggestion)
        return false;
    // An order is one wherever it was copied from: the comment is ours.
    if ((0,bot_orders/* ordersIn */.z)(suggestion).length > 0)
        return false;
    const before = tokensOf(original);
    return [...tokensOf(suggestion)].every((token) => before.has(token));
}

;// CONCATENATED MODULE: ./src/review/render-suggestion.ts





const longestCode = 8000;
/** The lines that a comment on the finding stands on, or null where the diff does not show all of them. */
function originalLines(finding, file) {
    const { side, line, startLine = line } = (0,finding_location/* placementOf */.x)(finding);
    if (side === 'LEFT')
        return null;
    const lines = [];
    for (let number = startLine; number <= line; number++) {
        const text = (0,line_at/* lineText */.oZ)(file, 'RIGHT', number);
        if (text === null)
            return null;
        lines.push(text.replace(/\r$/, ''));
    }
    return lines;
}
function linesOf(suggestion) {
    return suggestion.replace(/\r\n?/g, '\n');
}
/** A suggestion as code to be read; '' where there is none, or nothing in it to show. */
function renderSuggestedText({ suggestion = '' }) {
    const lines = linesOf(suggestion);
    if (lines.trim() === '')
        return '';
    return `Suggested text, to be read before it is used:\n\n${(0,code_block/* codeBlock */.DV)((0,visible_text/* clip */.$Q)((0,visible_text/* visibleText */.Q6)(lines), longestCode))}`;
}
/** The suggestion of a line comment: for one click where it fits exactly and is safe, else as code. */
function renderSuggestion(finding, file) {
    if (finding.suggestion === undefined)
        return '';
    const suggestion = linesOf(finding.suggestion);
    const replaced = file === undefined ? null : originalLines(finding, file);
    const original = replaced?.join('\n');
    // The wire writes no line and one empty line alike, so an empty line is never "unchanged".
    if (suggestion !== '' && original === suggestion)
        return '';
    if (original !== undefined && isSafeSuggestion(suggestion, original))
        return (0,code_block/* suggestionBlock */.St)(suggestion);
    return renderSuggestedText(finding);
}


/***/ }),

/***/ 3581:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ longestTitle),
/* harmony export */   z: () => (/* binding */ renderTitle)
/* harmony export */ });
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3046);
/* harmony import */ var _coverage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4528);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(784);



/** GitHub takes 255 characters of a title. */
const longestTitle = 255;
function withoutPeriod(sentence) {
    return (0,_visible_text_js__WEBPACK_IMPORTED_MODULE_2__/* .visibleLine */ .P8)(sentence).replace(/\.$/, '');
}
/** The server is not asked where no file is selected. */
function titleWithoutAnswer({ selection }, missing) {
    if (selection.selected.length > 0)
        return 'Not reviewed: the model server gave no answer';
    return missing === 0 ? 'Nothing to review' : `Not reviewed: ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(missing, 'file')} could not be read`;
}
/** Whose voice alone was asked for; '' where the reviewer itself spoke. */
function titlePrefix({ voice }) {
    return voice === undefined || voice.beside
        ? ''
        : `In the style of ${(0,_visible_text_js__WEBPACK_IMPORTED_MODULE_2__/* .visibleLine */ .P8)(voice.name ?? voice.login)}: `;
}
/** One line that tells the outcome: what was found, what stands, and whether everything was read. */
function renderTitle(summary) {
    const { answer, failure, policy } = summary;
    if (failure !== undefined) {
        const what = answer === null ? 'Not reviewed' : 'Not posted';
        return (0,_visible_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(`${what}: ${withoutPeriod(failure.message)}`, longestTitle);
    }
    const missing = (0,_coverage_js__WEBPACK_IMPORTED_MODULE_1__/* .unreviewedFiles */ .E)(summary).length;
    if (answer === null)
        return titleWithoutAnswer(summary, missing);
    const parts = [
        `${titlePrefix(summary)}${(0,_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .describeFindings */ .kA)(summary)}`,
        ...(missing === 0 ? [] : [`${(0,_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(missing, 'file')} not reviewed`]),
        ...(missing === 0 && !answer.done.complete ? ['the review is incomplete'] : []),
        ...(answer.done.provenance.model === null ? ['no model took part'] : []),
        ...(policy.problems.length === 0 ? [] : ['the policy file was not used']),
    ];
    return (0,_visible_text_js__WEBPACK_IMPORTED_MODULE_2__/* .clip */ .$Q)(parts.join('; '), longestTitle);
}


/***/ }),

/***/ 1288:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P6: () => (/* binding */ renderVoiceOutcome),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   l5: () => (/* binding */ reasonOfAbsence)
/* harmony export */ });
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3046);
/* harmony import */ var _coverage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4528);
/* harmony import */ var _inert_markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8576);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(784);




const longestName = 60;
function nameOf({ login, name = login }) {
    return (0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .inertLine */ .F)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_3__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_3__/* .visibleLine */ .P8)(name), longestName));
}
/** What is said where a voice alone was asked for and nothing was posted. */
function renderVoiceOutcome(called, summary) {
    const name = nameOf(called);
    const share = summary.answer?.done.persona;
    if (share === undefined)
        return `Nothing was read in the style of ${name}: no file of this change is to be reviewed.`;
    if (share.by === 'absent') {
        return `The server could not take part in the style of ${name}: ${reasonOfAbsence(summary)}. Nothing was reviewed.`;
    }
    const unread = (0,_coverage_js__WEBPACK_IMPORTED_MODULE_1__/* .unreviewedFiles */ .E)(summary).length;
    if (unread > 0) {
        return `${(0,_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(unread, 'file')} could not be read in the style of ${name}; the check says which, and why. There is nothing new to say of the rest.`;
    }
    return share.near === 0
        ? `Nothing in this change is near to anything that ${name} has remarked before, so this voice keeps silent.`
        : `There is nothing new to say in the style of ${name}: ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(share.near, 'place')} of the change had a past comment near, and none needs a remark that does not stand here yet.`;
}
/** Why the server has no voice for a review, as the end of a sentence. */
function reasonOfAbsence({ answer }) {
    return answer?.done.provenance.model === null
        ? 'it runs no model'
        : 'it holds no consent of this account, or too few of its comments';
}


/***/ }),

/***/ 5245:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ isReadByReviewer),
/* harmony export */   RS: () => (/* binding */ renderVoice),
/* harmony export */   eI: () => (/* binding */ isVoiceAlone)
/* harmony export */ });
/* harmony import */ var _code_block_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8663);
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3046);
/* harmony import */ var _ledger_name_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6121);
/* harmony import */ var _render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1288);
/* harmony import */ var _voice_line_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7881);





const arms = {
    live: ', its live version',
    canary: ', a version on trial',
    none: '',
};
/** How the voice that was asked for took part; '' where none was. */
function renderVoice(summary) {
    const { voice, answer } = summary;
    if (voice === undefined || answer === null)
        return '';
    const { persona } = answer.done;
    if (persona === undefined || persona.by === 'absent') {
        const rest = voice.beside
            ? 'The rest of the review took place without this voice.'
            : 'Nothing was reviewed in this voice.';
        const why = persona === undefined ? '' : `: ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .reasonOfAbsence */ .l5)(summary)}`;
        return `**The server did not take part in the style of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(voice)}**${why}. ${rest}`;
    }
    // Beside the reviewer it wrote some of the comments at most: each says so itself.
    const who = voice.beside
        ? `**A voice in the style of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(voice)}** took part`
        : `**${(0,_voice_line_js__WEBPACK_IMPORTED_MODULE_4__/* .renderStyleNote */ .Gf)({ voice: voice.login }, summary)}**`;
    const how = persona.adapter === null
        ? 'by past comments alone'
        : `by past comments and the adapter ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_0__/* .codeSpan */ .SS)(persona.adapter)}${arms[persona.arm]}`;
    const near = persona.near === 0
        ? 'No place of the change had a past comment near, so this voice kept silent.'
        : `${(0,_counts_js__WEBPACK_IMPORTED_MODULE_1__/* .counted */ .hS)(persona.near, 'place')} of the change had a past comment near; everywhere else this voice kept silent.`;
    const card = (0,_voice_line_js__WEBPACK_IMPORTED_MODULE_4__/* .renderCard */ .Tm)(summary);
    return `${who}, ${how}. ${near}${card === '' ? '' : ` What is known of the voice: ${card}.`}`;
}
/** True where nobody but the voice of a person was asked. */
function isVoiceAlone({ voice }) {
    return voice !== undefined && !voice.beside;
}
/**
 * True where the reviewer itself has read every hunk, now or before. A voice alone reads for what its person would
 * remark, so what it has read is no review of the change.
 */
function isReadByReviewer(summary) {
    if (!isVoiceAlone(summary))
        return true;
    const known = new Set(summary.answer?.done.ledger?.hunks ?? []);
    return summary.selection.selected.every(({ path, hunks }) => hunks.every((hunk) => known.has((0,_ledger_name_js__WEBPACK_IMPORTED_MODULE_2__/* .ledgerName */ .b)(path, hunk))));
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

/***/ 6598:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ skipReasons)
/* harmony export */ });
/** Why a file of the change is not reviewed. `complete` is false where a file that should have been read was not. */
const skipReasons = {
    binary: { sentence: 'binary file', complete: true },
    submodule: { sentence: 'submodule', complete: true },
    symlink: { sentence: 'symbolic link', complete: true },
    'no-content-change': { sentence: 'no change of content', complete: true },
    generated: { sentence: 'generated file', complete: true },
    vendored: { sentence: 'vendored file', complete: true },
    'lock-file': { sentence: 'lock file', complete: true },
    minified: { sentence: 'minified file', complete: true },
    'excluded-by-policy': { sentence: 'excluded by the policy', complete: true },
    'not-included': { sentence: 'not included by the policy', complete: true },
    'too-large': { sentence: 'more changed lines than `max-changed-lines`', complete: false },
    'too-many-files': { sentence: 'beyond `max-files`', complete: false },
    'request-too-large': { sentence: 'did not fit into one request to the model server', complete: false },
    'diff-unavailable': {
        sentence: 'GitHub shows no diff of it, and none could be made within the limits',
        complete: false,
    },
    'unreadable-name': {
        sentence: 'its name is not UTF-8, so GitHub cannot be told which file is meant',
        complete: false,
    },
    'unreadable-diff': { sentence: 'its diff cannot be read', complete: false },
};


/***/ }),

/***/ 3127:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ pastCommentLink),
/* harmony export */   t: () => (/* binding */ threadLink)
/* harmony export */ });
/** A host's own page of a pull request, and nothing else: no query, no fragment, no credentials, no dots for a name. */
const page = /^(?<repository>https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::\d{1,5})?\/(?!\.)[\w.-]{1,100}\/(?!\.{1,2}\/)[\w.-]{1,100})\/pull\/[1-9]\d{0,9}$/;
const pastComment = /^(?<number>[1-9]\d{0,9})#(?<comment>[1-9]\d{0,14})$/;
/** `words` of ours as a link to one of our threads on that page; the words alone where there is no page. */
function threadLink(words, pageUrl, commentId) {
    const isThread = page.test(pageUrl) && Number.isSafeInteger(commentId) && commentId > 0;
    return isThread ? `[${words}](${pageUrl}#discussion_r${commentId})` : words;
}
/**
 * `words` of ours as a link to a comment on the diff of another pull request of the same repository, named as
 * `<pull request>#<comment>`; '' where the name is another or there is no page.
 */
function pastCommentLink(words, pageUrl, reference) {
    const { repository } = page.exec(pageUrl)?.groups ?? {};
    const { number, comment } = pastComment.exec(reference)?.groups ?? {};
    if (repository === undefined || number === undefined || comment === undefined)
        return '';
    return `[${words}](${repository}/pull/${number}#discussion_r${comment})`;
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

/***/ 7881:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gf: () => (/* binding */ renderStyleNote),
/* harmony export */   Tm: () => (/* binding */ renderCard),
/* harmony export */   Y_: () => (/* binding */ styleNote),
/* harmony export */   aR: () => (/* binding */ isPastComment),
/* harmony export */   p$: () => (/* binding */ cardLink),
/* harmony export */   p7: () => (/* binding */ renderVoiceLine)
/* harmony export */ });
/* harmony import */ var _inert_markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8576);
/* harmony import */ var _thread_link_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3127);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(784);



const longestName = 60;
const mostLinks = 3;
const cardPath = /\/cards\/[0-9a-f]{32}$/;
/** What `server-url` can be, without anything that Markdown could take for more than an address. */
const serverUrl = /^https?:\/\/[A-Za-z0-9.:[\]-]{1,260}(?:\/[\w.~/-]{0,200})?$/;
/** The name of the voice as plain text on one line: the policy's, where it is the one that was asked for. */
function nameOf(voice, { voice: asked }) {
    const isAsked = asked !== undefined && asked.login.toLowerCase() === voice.toLowerCase();
    return (0,_visible_text_js__WEBPACK_IMPORTED_MODULE_1__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_1__/* .visibleLine */ .P8)(isAsked ? (asked.name ?? asked.login) : voice), longestName);
}
/** `In the style of NAME, written by a model`, as plain text; '' for a finding that has no voice. */
function styleNote({ voice }, context) {
    return voice === undefined ? '' : `In the style of ${nameOf(voice, context)}, written by a model`;
}
/** The same for places that show Markdown, inert. */
function renderStyleNote(finding, context) {
    return (0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .inertLine */ .F)(styleNote(finding, context));
}
/** The style note with the ways to the card and to the past comments that the finding rests on; '' without a voice. */
function renderVoiceLine(finding, context) {
    const note = renderStyleNote(finding, context);
    if (note === '')
        return '';
    return [note, renderCard(context), ...pastComments(finding, context)]
        .filter((part) => part !== '')
        .join(' · ');
}
/** A link to the card of the voice that took part; '' where there is none to link to. */
function renderCard({ voice, answer }) {
    return cardLink(voice?.server ?? '', answer?.done.persona?.card ?? null);
}
/** A link to a card by its whole address, or by its path on the server; '' where either is not what it should be. */
function cardLink(server, card) {
    if (card === null || !cardPath.test(card))
        return '';
    const address = card.startsWith('/') ? `${server}${card}` : card;
    return serverUrl.test(address) ? `[card](${address})` : '';
}
function pastComments({ evidence }, { pageUrl = '' }) {
    return evidence
        .filter(isPastComment)
        .map(({ reference }) => (0,_thread_link_js__WEBPACK_IMPORTED_MODULE_2__/* .pastCommentLink */ ._)('past comment', pageUrl, reference))
        .filter((link) => link !== '')
        .slice(0, mostLinks);
}
function isPastComment({ kind }) {
    return kind === 'past-comment';
}


/***/ })

};
