export const id = 521;
export const ids = [521,678];
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

/***/ 1521:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  obeyPersona: () => (/* binding */ obeyPersona)
});

// EXTERNAL MODULE: ./src/review/render-persona.ts
var render_persona = __webpack_require__(7819);
// EXTERNAL MODULE: ./src/action/may-command.ts
var may_command = __webpack_require__(8287);
;// CONCATENATED MODULE: ./src/action/persona/forget-persona.ts


/** Removes a persona: one's own whatever the policy lists and whatever one's role, another's as an admin. */
async function forgetPersona({ username }, { order, roles, talk, pullRequest }) {
    const { author, at } = order.trigger;
    const login = username ?? author.login;
    if (!isSameLogin(login, author.login) && !(await (0,may_command/* mayCommand */.f)(roles.conversation, author, 'admin'))) {
        await talk.say((0,render_persona/* renderForgetRefusal */.Yf)(), `forget-refused-${author.id}`);
        await talk.react('confused');
        return { kind: 'answered', reason: 'not-permitted' };
    }
    const { id, owner, name } = pullRequest.repository;
    const { personas } = await roles.persona();
    // Who took over a login has nothing there to forget; an admin may also mean an account that is gone.
    const isOwn = isSameLogin(login, author.login);
    const person = { login, ...(isOwn && author.id !== null ? { id: author.id } : {}) };
    const repository = { id, owner, name };
    const forgotten = await personas.forget({ repository, person, ...(at === undefined ? {} : { at }) });
    await talk.say((0,render_persona/* renderForgotten */.ts)(login, forgotten));
    await talk.react('+1');
    return { kind: 'answered', reason: 'forgotten' };
}
/** As the host compares them. */
function isSameLogin(one, other) {
    return one.toLowerCase() === other.toLowerCase();
}

// EXTERNAL MODULE: ./src/errors.ts
var errors = __webpack_require__(3916);
;// CONCATENATED MODULE: ./src/review/listed-persona.ts
/** The entry of a login, however it is capitalised; undefined where the policy lists none. */
function listedPersona({ personas }, login) {
    const wanted = login.toLowerCase();
    return personas.find((persona) => persona.login.toLowerCase() === wanted);
}

// EXTERNAL MODULE: ./src/review/voice-line.ts
var voice_line = __webpack_require__(7881);
// EXTERNAL MODULE: ./src/action/persona/persona-name.ts
var persona_name = __webpack_require__(6797);
;// CONCATENATED MODULE: ./src/action/persona/persona-task.ts
/** Address of the model server, for links to its cards. */
function serverOf({ order }) {
    return order.review.serverUrl ?? '';
}

;// CONCATENATED MODULE: ./src/action/persona/opt-in.ts






/**
 * Records that the person who comments agrees to a persona of theirs: whatever their role, but only where the policy
 * lists them. The moment is that of the comment, so that the same event run again revives no consent taken back since.
 */
async function optIn(task) {
    const { order, roles, talk, policy, pullRequest } = task;
    const { mentionName, trigger } = order;
    const { author, commentId, at } = trigger;
    const listed = listedPersona(policy.policy, author.login);
    if (listed === undefined || author.id === null) {
        await talk.say((0,render_persona/* renderNotListed */.$C)(author.login, { mentionName, policyPath: order.review.policyPath, policy }), `not-listed-${author.id}`);
        await talk.react('confused');
        return { kind: 'answered', reason: 'not-listed' };
    }
    if (at === undefined) {
        throw new errors/* ReviewError */.Z('bad-event', 'The event does not tell when the comment was written.', {
            hint: 'Run the Action on issue_comment, with the payload that the runner wrote.',
        });
    }
    const { personas } = await roles.persona();
    const person = { id: author.id, login: author.login };
    const persona = (0,persona_name/* personaNameOf */.t)(pullRequest, person);
    const { consent: earlier } = await personas.status(persona);
    const status = await personas.agree(persona, {
        kind: 'comment',
        reference: String(commentId),
        at,
    });
    const card = (0,voice_line/* cardLink */.p$)(serverOf(task), status.card);
    const who = { login: author.login, name: listed.name };
    await talk.say((0,render_persona/* renderAgreed */.$l)(who, { mentionName, card, isRepeated: earlier !== null }));
    await talk.react('+1');
    return { kind: 'answered', reason: 'opted-in' };
}

// EXTERNAL MODULE: ./src/action/good-to-have.ts
var good_to_have = __webpack_require__(3930);
// EXTERNAL MODULE: ./src/action/refuse-newer-head.ts
var refuse_newer_head = __webpack_require__(9863);
// EXTERNAL MODULE: ./src/action/persona/collect-history.ts
var collect_history = __webpack_require__(4722);
// EXTERNAL MODULE: ./src/review/parse-policy.ts + 2 modules
var parse_policy = __webpack_require__(9251);
;// CONCATENATED MODULE: ./src/action/persona/find-consent.ts



/**
 * The status after a consent that stands: the one that the server holds, else one by a verified commit of the person's
 * own that put them into the policy. Null where there is none, or the person took it back since.
 */
async function findConsent(persona, status, { policy, personas, history }) {
    if (status.state === 'ready' || status.state === 'collecting')
        return status;
    const consent = await history.ownCommit(persona.person, {
        ...policy,
        lists: (text) => listedPersona((0,parse_policy/* parsePolicy */.O)(text, policy.path).policy, persona.person.login) !== undefined,
    });
    if (consent === null)
        return null;
    try {
        return await personas.agree(persona, consent);
    }
    catch (error) {
        if (error instanceof errors/* ReviewError */.Z && error.code === 'no-consent')
            return null;
        throw error;
    }
}

// EXTERNAL MODULE: ./src/review/marker.ts
var marker = __webpack_require__(468);
;// CONCATENATED MODULE: ./src/action/persona/progress-teller.ts


/** GitHub wants a second between writes, and nobody reads faster. */
const everyMs = 15_000;
function progressTeller({ pullRequest, name }, { progress, log, now }) {
    let saidAt = Number.NEGATIVE_INFINITY;
    // One after the other: an older word must not take the place of a newer one.
    let last = Promise.resolve();
    const say = (body) => {
        saidAt = now();
        last = last.then(() => (0,good_to_have/* goodToHave */.z)(() => progress.sayLatest(pullRequest, (0,marker/* saidOnce */.Xf)(body, name)), log));
        return last;
    };
    return {
        tell: async (render) => {
            if (now() - saidAt >= everyMs)
                await say(render());
        },
        tellLast: say,
        correct: async (body) => {
            if (saidAt !== Number.NEGATIVE_INFINITY)
                await say(body);
        },
    };
}

// EXTERNAL MODULE: ./src/action/persona/route-voice.ts + 1 modules
var route_voice = __webpack_require__(6678);
// EXTERNAL MODULE: ./src/action/persona/train-adapter.ts
var train_adapter = __webpack_require__(7009);
;// CONCATENATED MODULE: ./src/action/persona/review-in-style.ts











/** Of the whole time of a run, what reading a history may take before the review has to begin. */
const collectingShare = 0.5;
/** Kept for the last words where what takes long comes after the review. */
const lastWordsMs = 20_000;
/**
 * Reviews in the style of a person whom the policy lists and who agreed. Where the server knows enough of them, nothing
 * is asked of GitHub before the review; else their past comments are read first. A training comes after the review.
 */
async function reviewInStyle(command, task) {
    const { order, roles, talk, policy, pullRequest } = task;
    const { mentionName } = order;
    const listed = listedPersona(policy.policy, command.username);
    if (listed === undefined) {
        const { policyPath } = order.review;
        const how = (0,render_persona/* renderNotListed */.$C)(command.username, { mentionName, policyPath, policy });
        return await refuse(talk, how, 'not-listed');
    }
    const kit = await roles.persona();
    const person = await kit.history.account(listed.login);
    if (person === null)
        return await refuse(talk, (0,render_persona/* renderNoAccount */.Ve)(listed.login), 'no-account');
    // Nothing is read for a review that does not take place; the review says why.
    if (pullRequest.state === 'closed')
        return await task.review(wantedBy(command, listed, person));
    const persona = (0,persona_name/* personaNameOf */.t)(pullRequest, person);
    const source = { path: order.review.policyPath, ref: pullRequest.base.sha };
    const told = await kit.personas.status(persona);
    const status = await findConsent(persona, told, { ...kit, policy: source });
    if (status === null)
        return await refuse(talk, (0,render_persona/* renderNoConsent */.yw)(listed, mentionName), 'no-consent');
    if (status.hasModel === false)
        return await refuse(talk, (0,render_persona/* renderNoModel */.XY)(listed), 'no-model');
    const name = `persona-${order.trigger.commentId}`;
    const teller = progressTeller({ pullRequest: pullRequest.number, name }, { ...kit, ...roles });
    return await speak({ listed, persona, status, kit, teller, command }, task);
}
async function refuse({ say, react }, words, reason) {
    await say(words);
    await react('confused');
    return { kind: 'answered', reason };
}
async function speak(voice, task) {
    const { listed, persona, command } = voice;
    const { startedAt, deadlineMs } = task.order.review;
    const mustRead = command.forceReload || voice.status.state !== 'ready';
    const read = mustRead
        ? await collect(voice, task, startedAt + deadlineMs * collectingShare)
        : { status: voice.status, isWhole: true };
    if (read.status.state !== 'ready') {
        // The remark on the collection has said why.
        await task.talk.react('confused');
        return { kind: 'answered', reason: read.isWhole ? 'too-few-comments' : 'collection-paused' };
    }
    // Reading takes long, and what is asked of GitHub by number is of the head of then.
    if (mustRead)
        await (0,refuse_newer_head/* refuseNewerHead */.m)(task.pullRequest, task.roles);
    const outcome = await task.review(wantedBy(command, listed, persona.person));
    await (0,good_to_have/* goodToHave */.z)(() => learnMore({ ...voice, status: read.status }, task, mustRead), task.roles.log);
    return outcome;
}
/** The whole change, in this voice alone. */
function wantedBy({ effort }, ...who) {
    return { full: true, voice: (0,route_voice/* askedPersona */.F)(...who), ...(effort === undefined ? {} : { effort }) };
}
/** What takes long and keeps nobody from the review: the rest of a history that was left, and the training. */
async function learnMore(voice, task, wasRead) {
    const { startedAt, deadlineMs } = task.order.review;
    const until = startedAt + deadlineMs - lastWordsMs;
    const mustGoOn = !wasRead && (voice.status.collection !== null || lacksSilences(voice.status));
    const { status } = mustGoOn ? await collect(voice, task, until) : voice;
    const force = voice.command.forceReload || mustGoOn;
    if (!(0,train_adapter/* isWorthTraining */.Jq)({ status, force }))
        return;
    const { listed: called, persona, kit, teller } = voice;
    await (0,train_adapter/* trainAdapter */.K_)({
        persona,
        called,
        status,
        force,
        refresh: called.refresh,
        watchMs: until - task.roles.now(),
        server: serverOf(task),
    }, { personas: kit.personas, teller, signal: task.roles.signal });
}
/**
 * What was left alone goes once a training has ended: after a change of the model it is read again. One that failed has
 * said why, and asks for it.
 */
function lacksSilences(status) {
    return (status.silences === 0 && status.training?.state !== 'failed' && (0,train_adapter/* isWorthTraining */.Jq)({ status, force: false }));
}
/** Reads on, or from the newest comment again where that is asked for, and says how far it came. */
async function collect({ listed, persona, status, kit, teller, command }, { order, roles }, until) {
    const collecting = { persona, called: listed, status, afresh: command.forceReload };
    try {
        const collected = await (0,collect_history/* collectHistory */.j)({ ...collecting, session: order.review.run, until }, { ...kit, ...roles, teller });
        await teller.tellLast(wordsOn(collected, listed, order.mentionName));
        return collected;
    }
    catch (error) {
        await teller.correct((0,render_persona/* renderBrokenOff */.Zg)(listed, order.mentionName));
        throw error;
    }
}
function wordsOn({ status, isWhole }, listed, mentionName) {
    if (!isWhole)
        return (0,render_persona/* renderPaused */.pF)(listed, status.collection?.comments ?? status.comments, mentionName);
    return status.state === 'ready' ? (0,render_persona/* renderCollected */.QX)(listed, status) : (0,render_persona/* renderTooFew */.p0)(listed, status.comments);
}

;// CONCATENATED MODULE: ./src/action/persona/obey-persona.ts



/** Carries out a command about a persona. Throws a ReviewError where GitHub or the server cannot be used. */
async function obeyPersona(command, task) {
    if (command.kind === 'opt-in')
        return await optIn(task);
    return command.kind === 'forget' ? await forgetPersona(command, task) : await reviewInStyle(command, task);
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
