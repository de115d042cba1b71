export const id = 510;
export const ids = [510];
export const modules = {

/***/ 4722:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ collectHistory)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3916);
/* harmony import */ var _review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7819);
/* harmony import */ var _unless_stopped_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4118);



/** What another run may get past; what was read is with the server by then. */
const pausing = new Set(['github-rate-limited', 'github-unavailable', 'deadline']);
/** Reads what the person said in reviews, piece by piece, and hands each piece to the server before the next is read. */
async function collectHistory(collecting, roles) {
    const { persona, status, afresh } = collecting;
    const begun = afresh ? null : status.collection;
    const session = begun?.session ?? collecting.session.slice(-64);
    const pieces = roles.history.read(persona.person, begun?.cursor ?? '');
    const read = { comments: begun?.comments ?? 0, latest: status };
    try {
        while (roles.now() < collecting.until) {
            const next = within(collecting.until - roles.now(), nextOf(pieces));
            const piece = await (0,_unless_stopped_js__WEBPACK_IMPORTED_MODULE_2__/* .unlessStopped */ .O)(roles.signal, next);
            if (piece === null)
                return { status: read.latest, isWhole: false };
            const { requests, pullRequests, ...chunk } = piece;
            read.latest = await (0,_unless_stopped_js__WEBPACK_IMPORTED_MODULE_2__/* .unlessStopped */ .O)(roles.signal, roles.personas.upload(persona, { session, ...chunk }));
            read.comments += piece.comments.length;
            if (piece.done)
                return { status: read.latest, isWhole: true };
            await roles.teller.tell(() => (0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderCollecting */ .Pc)(collecting.called, { comments: read.comments, pullRequests, requests }));
        }
    }
    finally {
        // What the reader holds open is closed; that it cannot be loses nothing.
        pieces.return(undefined).catch(() => { });
    }
    return { status: read.latest, isWhole: false };
}
const longestTimer = 2 ** 31 - 1;
/** Null where it takes longer than that, as GitHub's limits may: the time that is left belongs to the review. */
async function within(milliseconds, work) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, Math.min(Math.max(0, milliseconds), longestTimer), null);
    });
    try {
        return await Promise.race([work, late]);
    }
    finally {
        clearTimeout(timer);
    }
}
/** Null where the reading stopped: it ended without an end, or GitHub cannot go on for now. */
async function nextOf(pieces) {
    try {
        const { value, done } = await pieces.next();
        return done === true ? null : (value ?? null);
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ReviewError */ .Z && pausing.has(error.code))
            return null;
        throw error;
    }
}


/***/ }),

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

/***/ 1510:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   refreshPersonas: () => (/* binding */ refreshPersonas)
/* harmony export */ });
/* harmony import */ var _good_to_have_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3930);
/* harmony import */ var _load_policy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6103);
/* harmony import */ var _collect_history_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4722);
/* harmony import */ var _persona_name_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6797);
/* harmony import */ var _train_adapter_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7009);





const weekMs = 7 * 24 * 3600 * 1000;
/** Kept so that the run ends by itself. */
const keptMs = 20_000;
/**
 * Reads the newer comments of every persona that the policy wants refreshed each week and that is due, and starts a
 * training on them. A run that finds no time for all goes on the next night; one that fails costs a line in the log.
 */
async function refreshPersonas(order, roles) {
    await (0,_good_to_have_js__WEBPACK_IMPORTED_MODULE_0__/* .goodToHave */ .z)(async () => {
        const pullRequest = await roles.source.pullRequest(order.number);
        const { policy } = await (0,_load_policy_js__WEBPACK_IMPORTED_MODULE_1__/* .loadPolicy */ .t)(roles.source, pullRequest, order.policyPath);
        const weekly = policy.personas.filter(({ refresh }) => refresh === 'weekly');
        if (weekly.length === 0)
            return;
        const kit = await roles.persona();
        for (const listed of weekly) {
            await (0,_good_to_have_js__WEBPACK_IMPORTED_MODULE_0__/* .goodToHave */ .z)(() => refresh({ listed, pullRequest, kit, order }, roles), roles.log);
        }
    }, roles.log);
}
async function refresh({ listed, pullRequest, kit, order }, roles) {
    const person = await kit.history.account(listed.login);
    if (person === null)
        return;
    const persona = (0,_persona_name_js__WEBPACK_IMPORTED_MODULE_4__/* .personaNameOf */ .t)(pullRequest, person);
    const status = await kit.personas.status(persona);
    if (!isDue(status, roles.now()))
        return;
    const until = order.startedAt + order.deadlineMs - keptMs;
    const silent = { tell: async () => { }, tellLast: async () => { } };
    const collected = await (0,_collect_history_js__WEBPACK_IMPORTED_MODULE_2__/* .collectHistory */ .j)({ persona, called: listed, status, afresh: false, session: order.run, until }, { ...kit, ...roles, teller: silent });
    if (!collected.isWhole || !(0,_train_adapter_js__WEBPACK_IMPORTED_MODULE_3__/* .isWorthTraining */ .Jq)({ status: collected.status, force: true }))
        return;
    await kit.personas.train(persona, { force: false, refresh: 'weekly' });
    roles.log.info('A persona was refreshed and its training asked for.');
}
/** Somebody agreed and can speak, nothing is being learnt, and the history was last read in another week. */
function isDue({ state, training, readAt, collection }, now) {
    if (state !== 'ready' || (0,_train_adapter_js__WEBPACK_IMPORTED_MODULE_3__/* .isTraining */ .lp)(training))
        return false;
    return collection !== null || now - Date.parse(readAt ?? '1970-01-01') >= weekMs;
}


/***/ }),

/***/ 7009:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jq: () => (/* binding */ isWorthTraining),
/* harmony export */   K_: () => (/* binding */ trainAdapter),
/* harmony export */   lp: () => (/* binding */ isTraining)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_persona__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9667);
/* harmony import */ var _review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7819);


const ended = new Set(['done', 'failed', 'cancelled']);
/** True where an adapter is worth training now. */
function isWorthTraining({ status, force }) {
    const { trains, comments, collection, versions, training } = status;
    if (!trains || comments < _ai_review_protocol_persona__WEBPACK_IMPORTED_MODULE_0__/* .fewestForTraining */ .mK || collection !== null)
        return false;
    return force || (versions.length === 0 && !isTraining(training));
}
/** True while one waits or is under way. */
function isTraining(training) {
    return training !== null && !ended.has(training.state);
}
/** Starts a training and tells how it goes until it has ended or the time is up; then it goes on at the server. */
async function trainAdapter(training, { personas, teller, signal }) {
    const { persona, called, force, refresh, watchMs, server } = training;
    const first = await personas.train(persona, { force, refresh });
    const until = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, watchMs))]);
    await teller.tellLast(`${(0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderTraining */ .tF)(called, first)} ${(0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderGoesOn */ .yJ)()}`);
    const last = (await personas.watchTraining(persona, {
        signal: until,
        onStatus: (told) => void teller.tell(() => (0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderTraining */ .tF)(called, told)),
    })) ?? first;
    if (!ended.has(last.state))
        return await teller.tellLast(`${(0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderTraining */ .tF)(called, last)} ${(0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderGoesOn */ .yJ)()}`);
    if (last.state !== 'done')
        return await teller.tellLast((0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderTraining */ .tF)(called, last));
    const status = await personas.status(persona);
    await teller.tellLast((0,_review_render_persona_js__WEBPACK_IMPORTED_MODULE_1__/* .renderVersion */ .pv)(called, status, { version: last.version, server }));
}


/***/ }),

/***/ 7819:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ renderNotListed),
/* harmony export */   $l: () => (/* binding */ renderAgreed),
/* harmony export */   Pc: () => (/* binding */ renderCollecting),
/* harmony export */   QX: () => (/* binding */ renderCollected),
/* harmony export */   Ve: () => (/* binding */ renderNoAccount),
/* harmony export */   XY: () => (/* binding */ renderNoModel),
/* harmony export */   Yf: () => (/* binding */ renderForgetRefusal),
/* harmony export */   Zg: () => (/* binding */ renderBrokenOff),
/* harmony export */   p0: () => (/* binding */ renderTooFew),
/* harmony export */   pF: () => (/* binding */ renderPaused),
/* harmony export */   pv: () => (/* binding */ renderVersion),
/* harmony export */   tF: () => (/* binding */ renderTraining),
/* harmony export */   ts: () => (/* binding */ renderForgotten),
/* harmony export */   yJ: () => (/* binding */ renderGoesOn),
/* harmony export */   yw: () => (/* binding */ renderNoConsent)
/* harmony export */ });
/* harmony import */ var _ai_review_protocol_persona__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9667);
/* harmony import */ var _code_block_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8663);
/* harmony import */ var _counts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3046);
/* harmony import */ var _inert_markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8576);
/* harmony import */ var _render_answer_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1677);
/* harmony import */ var _render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1288);
/* harmony import */ var _visible_text_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(784);
/* harmony import */ var _voice_line_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7881);








const longestSentence = 400;
const mostProblems = 3;
const mostListed = 10;
const flags = ['--help', '--full', '--effort', '--force-reload', '--opt-in', '--forget'];
const taking = 'everything learnt is removed at any time by';
/**
 * Where the policy lists nobody of this name: that the file cannot be used, or which flag was meant; else whom it lists,
 * how it would list this one, and what else is needed.
 */
function renderNotListed(login, { mentionName, policyPath, policy }) {
    if (policy.problems.length > 0)
        return renderUnusable(policy.problems);
    const nobody = `The policy at the base commit lists no persona ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_1__/* .codeSpan */ .SS)(login)}, so nothing was done.`;
    const flag = flags.find((name) => plainLetters(name) === plainLetters(login));
    if (flag !== undefined)
        return `${nobody} A flag begins with two dashes: ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, flag)}.`;
    const listed = policy.policy.personas.slice(0, mostListed).map((one) => (0,_code_block_js__WEBPACK_IMPORTED_MODULE_1__/* .codeSpan */ .SS)(one.login));
    return [
        `${nobody}${listed.length === 0 ? '' : ` It lists ${listed.join(', ')}.`} A person's style is borrowed only where the team wants it and the person agrees. Two steps:`,
        `1. ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_1__/* .codeSpan */ .SS)(policyPath)} on the base branch lists the login, here and nowhere else:\n\n   \`\`\`\n   personas:\n     - login: ${yamlName(login)}\n   \`\`\``,
        `2. The person agrees: by a verified commit of their own that adds these lines, or by the comment ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, '--opt-in')}.`,
    ].join('\n\n');
}
/** Half a policy is what nobody wrote, so one mistake is enough to list nobody. */
function renderUnusable(problems) {
    const told = problems.slice(0, mostProblems).map(({ message }) => `- ${sentence(message)}`);
    return `The policy at the base commit cannot be used, so it lists nobody and nothing was done. To mend:\n\n${told.join('\n')}`;
}
function plainLetters(text) {
    return text.toLowerCase().replace(/[^a-z]/g, '');
}
/** A login as it can stand in YAML: letters, digits, dashes; all that is digits has to be quoted. */
function yamlName(login) {
    const plain = login.replace(/[^\w-]/g, '');
    return /^[A-Za-z][\w-]*$/.test(plain) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(plain)
        ? plain
        : `'${plain}'`;
}
function renderNoAccount(login) {
    return `There is no account ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_1__/* .codeSpan */ .SS)(login)} of a person on this host, so nothing was done.`;
}
function renderNoModel(who) {
    return `The model server runs no model, so nothing can be written in the style of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)}: nothing was collected and nothing reviewed. Whoever runs the server gives it one by \`ENGINE\`.`;
}
function renderNoConsent(who, mentionName) {
    return [
        `The policy lists ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)}, but they have not agreed, or took it back, so nothing was collected and nothing reviewed.`,
        `They can agree by the comment ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, '--opt-in')}; ${taking} ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, '--forget')}.`,
    ].join(' ');
}
function renderAgreed(who, { mentionName, card, isRepeated }) {
    const known = card === '' ? '' : ` What is known: ${card}.`;
    const end = `${capital(taking)} ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, '--forget')}.`;
    if (isRepeated)
        return `${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} has agreed before, and that stands. ${end}${known}`;
    return [
        `Noted: ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} agreed that reviews in this repository may be written in their style.`,
        'What is collected: their own review comments in this repository, the code they stand on and what became of it, places that they saw and left alone, and comments of colleagues without their names, to tell the styles apart. It is kept on the model server of the team, and goes only to the programs that this server is set up with. What is written from it says "In the style of", is not posted under their name, and never approves.',
        `${end} ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, who.login)} asks for a review.${known}`,
    ].join('\n\n');
}
function renderForgotten(login, { comments, versions, cancelled }) {
    const anew = 'Nothing is collected before they agree anew; the entry in the policy can be removed as well.';
    if (comments + versions === 0 && !cancelled) {
        return `Nothing learnt from ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_1__/* .codeSpan */ .SS)(login)} is kept here. If they had agreed, that is taken back. ${anew}`;
    }
    const removed = [
        (0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(comments, 'past comment'),
        (0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(versions, 'trained version'),
        ...(cancelled ? ['a training that was under way'] : []),
    ].join(', ');
    return `What was learnt from ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_1__/* .codeSpan */ .SS)(login)} is gone: ${removed}. ${anew}`;
}
function renderForgetRefusal() {
    return 'Nothing was removed: what was learnt from another person is removed by that person, or by somebody whose role in this repository is `admin`.';
}
/** How far a collection is that goes on. */
function renderCollecting(who, read) {
    return `Reading the past comments of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)}: ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(read.comments, 'comment')} so far, on ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(read.pullRequests, 'pull request')}, by ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(read.requests, 'request')} to GitHub. This remark is kept up to date.`;
}
function renderPaused(who, comments, mentionName) {
    return [
        `The past comments of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} were read in part: ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(comments, 'comment')} so far. There was no time left, or GitHub allows no more requests for now.`,
        `Nothing is lost: ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, who.login)} goes on where this run stopped.`,
    ].join(' ');
}
/** The last word on a collection that an error or a cancelled run has ended. */
function renderBrokenOff(who, mentionName) {
    return `The reading of the past comments of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} was broken off. What was read is kept: ${(0,_render_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .commandSpan */ ["in"])(mentionName, who.login)} goes on from there.`;
}
function renderCollected(who, status) {
    return `The past comments of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} are read: ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(status.comments, 'comment')}, and ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .numeral */ .Dx)(status.silences)} places where they saw no need for one.`;
}
function renderTooFew(who, comments) {
    return `${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} has ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(comments, 'usable review comment')} in this repository; from ${_ai_review_protocol_persona__WEBPACK_IMPORTED_MODULE_0__/* .fewestComments */ .zP} on there is enough to write in their style. Nothing was reviewed.`;
}
const stages = {
    queued: 'waits for its turn',
    preparing: 'is being prepared',
    training: 'is under way',
    evaluating: 'is being measured on later comments',
    publishing: 'is being put away',
    probing: 'is being tried on the engine',
    gating: 'is being judged',
    done: 'is done',
    failed: 'failed',
    cancelled: 'was cancelled',
};
/** How a training stands; numbers and sentences of ours. */
function renderTraining(who, training) {
    const { state, position, step, steps, secondsLeft, message } = training;
    const details = [
        ...(state === 'queued' && position > 0 ? [`${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(position, 'training')} before it`] : []),
        ...(state === 'training' && steps > 0 ? [`step ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .numeral */ .Dx)(step)} of ${(0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .numeral */ .Dx)(steps)}`] : []),
        ...(state === 'training' && secondsLeft !== null ? [`about ${minutes(secondsLeft)} left`] : []),
    ];
    const told = details.length === 0 ? '' : ` (${details.join(', ')})`;
    const why = state === 'failed' && message !== '' ? ` ${sentence(message)}` : '';
    return `The training in the style of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} ${stages[state]}${told}.${why}`;
}
/** What is said when the run ends before the training does. */
function renderGoesOn() {
    return 'It goes on at the server; reviews in this style work meanwhile by past comments alone.';
}
const verdicts = {
    training: 'is not done yet',
    candidate: 'waits for its measures',
    canary: 'is on trial: it takes a part of the pull requests until people have found it no worse',
    live: 'is in use from now on',
    retired: 'was put aside for a newer one',
    refused: 'was not taken into use: past comments alone do as well or better',
    'failed-probe': 'was not taken into use: the engine could not run it as it should',
};
/** What came of a training: which version, whether it serves, and if not, why. */
function renderVersion(who, status, { version: made, server, }) {
    const version = status.versions.find(({ name }) => name === made);
    if (version === undefined)
        return `The training in the style of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} is done, and no new version came of it.`;
    const why = version.state === 'refused' ? (version.gate?.reasons ?? []).map(sentence).join(' ') : '';
    const card = (0,_voice_line_js__WEBPACK_IMPORTED_MODULE_6__/* .cardLink */ .p$)(server, status.card);
    return [
        `Version ${(0,_code_block_js__WEBPACK_IMPORTED_MODULE_1__/* .codeSpan */ .SS)(version.name)} in the style of ${(0,_render_voice_outcome_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(who)} ${verdicts[version.state]}.`,
        (0,_visible_text_js__WEBPACK_IMPORTED_MODULE_7__/* .clip */ .$Q)(why, longestSentence * 3),
        card === '' ? '' : `Its measures: ${card}.`,
    ]
        .filter((part) => part !== '')
        .join(' ');
}
function sentence(text) {
    return (0,_inert_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .inertLine */ .F)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_7__/* .clip */ .$Q)((0,_visible_text_js__WEBPACK_IMPORTED_MODULE_7__/* .visibleLine */ .P8)(text), longestSentence));
}
function minutes(seconds) {
    return seconds < 90
        ? (0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(Math.max(1, Math.round(seconds)), 'second')
        : (0,_counts_js__WEBPACK_IMPORTED_MODULE_2__/* .counted */ .hS)(Math.round(seconds / 60), 'minute');
}
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}


/***/ })

};
