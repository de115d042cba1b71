export const id = 811;
export const ids = [811];
export const modules = {

/***/ 7811:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  reportOutcome: () => (/* binding */ reportOutcome)
});

// EXTERNAL MODULE: ./src/review/counts.ts
var counts = __webpack_require__(3046);
// EXTERNAL MODULE: ./src/review/code-block.ts
var code_block = __webpack_require__(8663);
// EXTERNAL MODULE: ./src/review/conclude.ts
var conclude = __webpack_require__(5819);
// EXTERNAL MODULE: ./src/review/paragraphs.ts
var paragraphs = __webpack_require__(4425);
// EXTERNAL MODULE: ./src/review/render-check.ts + 1 modules
var render_check = __webpack_require__(905);
// EXTERNAL MODULE: ./src/review/render-provenance.ts
var render_provenance = __webpack_require__(5204);
// EXTERNAL MODULE: ./src/review/render-sections.ts + 1 modules
var render_sections = __webpack_require__(1425);
// EXTERNAL MODULE: ./src/review/render-standings.ts
var render_standings = __webpack_require__(4570);
// EXTERNAL MODULE: ./src/review/render-title.ts
var render_title = __webpack_require__(3581);
// EXTERNAL MODULE: ./src/review/render-voice.ts
var render_voice = __webpack_require__(5245);
;// CONCATENATED MODULE: ./src/review/render-job-summary.ts









// The runner drops a summary over 1 MiB, counted in bytes; a character takes at most three of them here.
const shares = {
    commented: 40_000,
    findings: 140_000,
    files: 40_000,
    standings: 15_000,
    notices: 15_000,
};
/** Markdown for `GITHUB_STEP_SUMMARY`, below its 1 MiB: every finding, whatever its verdict but below the threshold. */
function renderJobSummary(summary) {
    const page = (0,paragraphs/* paragraphs */.q)([
        `## AI review: ${(0,conclude/* conclude */.Ep)(summary)}`,
        `**${(0,render_title/* renderTitle */.z)(summary)}.**`,
        (0,render_voice/* renderVoice */.RS)(summary),
        (0,render_standings/* renderTally */.$)(summary),
        (0,render_sections/* renderFailure */.zt)(summary),
        (0,render_check/* renderReason */.J)(summary),
        summary.reviewUrl === undefined ? '' : `Review: ${(0,code_block/* codeSpan */.SS)(summary.reviewUrl)}`,
        (0,render_sections/* renderUnreviewed */.NV)(summary, shares.files),
        (0,render_provenance/* renderEffort */.z)(summary),
        (0,render_sections/* renderCommented */.lh)(summary, shares.commented),
        (0,render_sections/* renderUncommented */.W$)((0,render_sections/* withoutComment */.sp)(summary.judged), {
            about: summary,
            most: shares.findings,
            elsewhere: 'findings.json',
        }),
        (0,render_standings/* renderStandings */.s)(summary, shares.standings),
        (0,render_sections/* renderVerdicts */.jA)(summary),
        (0,render_sections/* renderNotices */.WF)(summary, shares.notices),
        (0,render_sections/* renderLeftAlone */.XQ)(summary, shares.files),
        (0,render_provenance/* renderProvenance */._)(summary),
    ]);
    return `${page}\n`;
}

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 20 modules
var core = __webpack_require__(3218);
;// CONCATENATED MODULE: ./src/action/annotate.ts

/**
 * The runner shows ten of a level in a step and drops the rest; two are left to what a run without permissions
 * has to say itself.
 */
const mostOfALevel = 8;
/** The runner cuts a message at 4,096 characters. */
const longest = { title: 200, message: 3500 };
const print = { failure: core/* error */.z3, warning: core/* warning */.$e, notice: core/* notice */.lm };
/**
 * Shows remarks on files by commands to the runner, for runs that could make no check: at most eight of a level, and
 * answers how many it showed.
 */
function annotate(annotations) {
    const levels = ['failure', 'warning', 'notice'];
    const shown = levels.flatMap((level) => annotations.filter((one) => one.level === level && isPlainPath(one.path)).slice(0, mostOfALevel));
    for (const { path, startLine, endLine, level, title, message } of shown) {
        const place = { file: path, startLine, endLine, title: inertText(title, longest.title) };
        print[level](inertText(message, longest.message), place);
    }
    return shown.length;
}
/** A name that could be read as anything but a name is told in the job summary only. */
function isPlainPath(path) {
    return /^[\p{L}\p{N}_.[(][\p{L}\p{N}_./@+~=!$()[\] -]{0,500}$/u.test(path) && !path.endsWith(' ');
}
/** The toolkit writes line ends and `%` as codes; what is left is that the runner reads `##[` anywhere in a line. */
function inertText(text, most) {
    return text
        .slice(0, most)
        .replaceAll('##[', '#_[')
        .replaceAll('::', ': :')
        .replace(/[^\P{C}\n]/gu, '?');
}

;// CONCATENATED MODULE: ./src/action/outcome.ts
const skipSentences = {
    'other-action': 'This kind of event needs no review.',
    'not-a-pull-request': 'The comment is not on a pull request.',
    bot: 'The comment is from a bot, and bots give no commands.',
    'no-command': 'The comment holds no command.',
    'not-a-reply': 'The comment is not a reply in a thread.',
    'foreign-thread': 'The thread was not begun by this reviewer, so nothing was said in it.',
    'not-spoken-to': 'The reply was not meant for the reviewer, so nothing was said.',
    'may-not-ask': 'The role of the one who replied is below what the policy asks for, so nothing was said.',
    'already-answered': 'The reply was answered by an earlier run.',
    closed: 'The pull request is closed, so it was not reviewed.',
    draft: 'The pull request is a draft, so it was not reviewed; review-drafts in the policy changes that.',
    'newer-head': 'The pull request has a newer head than this run was started for; the newer run reviews it.',
};
const answerSentences = {
    help: 'The commands were listed.',
    mistake: 'The command was not understood, and the answer says why.',
    'not-listed': 'The policy lists no persona of that name; the answer says how it would.',
    'no-account': 'The command named a persona, and there is no account of a person of that name.',
    'no-consent': 'The person has not agreed to a persona; the answer says how they can.',
    'no-model': 'The model server runs no model, so no persona can speak.',
    'too-few-comments': 'The person has written too few review comments for a persona.',
    'collection-paused': 'The past comments of the person were read in part; the same command goes on where this run stopped.',
    'opted-in': 'The person agreed to a persona, and the server has recorded it.',
    forgotten: 'What was learnt from the person is gone.',
    'not-permitted': 'The command was refused: the role of the one who gave it is below what the command takes.',
    answered: 'The reply was answered in its thread.',
    'no-answer': 'There was no answer to the reply, and its thread says why.',
    declined: 'The finding was declined; it will not be raised again.',
};

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/review/coverage.ts
var coverage = __webpack_require__(4528);
// EXTERNAL MODULE: ./src/review/visible-text.ts + 1 modules
var visible_text = __webpack_require__(784);
// EXTERNAL MODULE: ./src/review/voice-line.ts
var voice_line = __webpack_require__(7881);
;// CONCATENATED MODULE: ./src/review/findings-file.ts




/** Text of `findings.json`. */
function renderFindingsFile(summary) {
    return `${JSON.stringify(findingsFileOf(summary), null, 2)}\n`;
}
/** Every finding with its verdict, every earlier one with its standing, and every file with its state, for other programs to read: texts are made visible. */
function findingsFileOf(summary) {
    const { headSha, policy, selection, judged, earlier, answer, failure, notices, totalMs } = summary;
    const missing = (0,coverage/* unreviewedFiles */.E)(summary);
    const missingPaths = new Set(missing.map(({ path }) => path));
    return {
        version: 1,
        head: headSha,
        conclusion: (0,conclude/* conclude */.Ep)(summary),
        ...(failure === undefined
            ? {}
            : { failure: { code: failure.code, message: failure.message, hint: failure.hint } }),
        findings: judged.map(({ finding: { seal: _seal, ...finding }, verdict, reason }) => ({
            ...finding,
            ...(finding.voice === undefined ? {} : { style: (0,voice_line/* styleNote */.Y_)(finding, summary) }),
            title: (0,visible_text/* visibleText */.Q6)(finding.title),
            body: (0,visible_text/* visibleText */.Q6)(finding.body),
            ...(finding.suggestion === undefined ? {} : { suggestion: (0,visible_text/* visibleText */.Q6)(finding.suggestion) }),
            evidence: finding.evidence.map((one) => ({ ...one, reference: (0,visible_text/* visibleText */.Q6)(one.reference) })),
            verdict,
            reason,
        })),
        earlier: earlier.map(({ identity, severity, category, standing, step, thread }) => ({
            identity,
            severity: severity ?? null,
            category: category ?? null,
            standing,
            step,
            thread: thread && { path: thread.path, line: thread.line, commentId: thread.commentId },
        })),
        files: {
            reviewed: selection.selected.map(({ path }) => path).filter((path) => !missingPaths.has(path)),
            notReviewed: missing,
            skipped: selection.skipped,
        },
        policy: { hash: policy.hash, problems: policy.problems },
        notices: [...notices, ...(answer?.done.notices ?? [])],
        discarded: answer?.done.discarded ?? null,
        effort: answer?.accepted.effort ?? null,
        usage: answer?.done.usage ?? null,
        provenance: answer?.done.provenance ?? null,
        ...(answer?.done.persona === undefined ? {} : { persona: answer.done.persona }),
        totalMs,
    };
}

// EXTERNAL MODULE: ./runner/protocol/src/finding.ts
var finding = __webpack_require__(7858);
// EXTERNAL MODULE: ./src/review/finding-location.ts
var finding_location = __webpack_require__(701);
;// CONCATENATED MODULE: ./src/review/sarif.ts






/** GitHub reads `security-severity` as a CVSS score: over 9 critical, from 7 high, from 4 medium. */
const scores = {
    critical: '9.5',
    high: '8.0',
    medium: '5.5',
    low: '2.0',
};
const levels = {
    critical: 'error',
    high: 'error',
    medium: 'warning',
    low: 'note',
};
function ruleOf(category, judged) {
    const found = new Set(judged
        .map(({ finding }) => finding)
        .filter((one) => one.category === category)
        .map((one) => one.severity));
    const worst = finding/* severities */.gO.find((severity) => found.has(severity)) ?? 'low';
    const words = category.replaceAll('-', ' ');
    return {
        id: `ai-review/${category}`,
        name: category,
        shortDescription: { text: `A remark on ${words}` },
        defaultConfiguration: { level: levels[worst] },
        properties: {
            tags: [category],
            ...(category === 'security' ? { 'security-severity': scores[worst] } : {}),
        },
    };
}
function uriOf(path) {
    return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
/** A deleted line has no place in the file after the change: then the message tells where it stood. */
function resultOf({ finding, verdict }, about) {
    const { side, startLine, line, severity, category, confidence, reviewer, identity } = finding;
    const region = side === 'RIGHT' ? { region: { startLine: startLine ?? line, endLine: line } } : {};
    const where = side === 'RIGHT' ? '' : ` (${(0,finding_location/* describeLines */.B)(finding)})`;
    const told = [(0,visible_text/* visibleText */.Q6)(finding.body), (0,voice_line/* styleNote */.Y_)(finding, about)].filter((part) => part !== '');
    return {
        ruleId: `ai-review/${category}`,
        level: levels[severity],
        message: { text: [`${(0,visible_text/* visibleLine */.P8)(finding.title)}${where}`, ...told].join('\n\n') },
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: uriOf(finding.path), uriBaseId: '%SRCROOT%' },
                    ...region,
                },
            },
        ],
        partialFingerprints: { 'aiReviewIdentity/v1': identity },
        properties: { severity, confidence, reviewer, verdict },
    };
}
/** Text of `findings.sarif`, SARIF 2.1.0. Findings below the threshold stay out: an upload shows everything in it. */
function renderSarif(summary) {
    const told = summary.judged.filter(({ verdict }) => verdict !== 'below-threshold');
    const used = [...new Set(told.map(({ finding }) => finding.category))].sort();
    const log = {
        version: '2.1.0',
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'ai-review',
                        rules: used.map((category) => ruleOf(category, told)),
                    },
                },
                invocations: [
                    {
                        executionSuccessful: summary.answer !== null && summary.failure === undefined,
                        properties: {
                            conclusion: (0,conclude/* conclude */.Ep)(summary),
                            filesNotReviewed: (0,coverage/* unreviewedFiles */.E)(summary).length,
                        },
                    },
                ],
                columnKind: 'utf16CodeUnits',
                results: told.map((one) => resultOf(one, summary)),
            },
        ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
}

;// CONCATENATED MODULE: ./src/action/result-files.ts




/** Writes `findings.json` and `findings.sarif` into a folder of their own, which nobody else can have prepared. */
async function writeResultFiles(temporary, summary) {
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(temporary, 'ai-review-'));
    const files = { json: (0,external_node_path_.join)(folder, 'findings.json'), sarif: (0,external_node_path_.join)(folder, 'findings.sarif') };
    await (0,promises_.writeFile)(files.json, renderFindingsFile(summary));
    await (0,promises_.writeFile)(files.sarif, renderSarif(summary));
    return files;
}

// EXTERNAL MODULE: ./src/action/step-results.ts
var step_results = __webpack_require__(1837);
;// CONCATENATED MODULE: ./src/action/report-outcome.ts






/** Writes outputs, job summary and result files, and answers the exit code of the step. */
async function reportOutcome(outcome, reporting) {
    if (outcome.kind === 'reviewed')
        return await reportReview(outcome, reporting);
    const { sentence, outputs } = shortReport(outcome);
    reporting.log.info(sentence);
    (0,step_results/* writeOutputs */.K)(outputs);
    await (0,step_results/* writeJobSummary */.j)(`${sentence}\n`, reporting.log);
    return 0;
}
function shortReport(outcome) {
    if (outcome.kind === 'repeated') {
        return {
            sentence: `The check of the merge group ends as that of its pull request: ${outcome.conclusion}. Nothing was reviewed twice.`,
            outputs: { outcome: 'skipped', conclusion: outcome.conclusion },
        };
    }
    const sentence = outcome.kind === 'skipped' ? skipSentences[outcome.reason] : answerSentences[outcome.reason];
    return { sentence, outputs: { outcome: outcome.kind, conclusion: 'skipped' } };
}
async function reportReview(outcome, reporting) {
    const { summary, check, checkUrl } = outcome;
    await (0,step_results/* writeJobSummary */.j)(renderJobSummary(summary), reporting.log);
    const files = await writeResultFiles(reporting.temporary, summary);
    (0,step_results/* writeOutputs */.K)({
        outcome: summary.failure === undefined ? 'reviewed' : 'failed',
        conclusion: check.conclusion,
        'findings-total': summary.judged.length,
        'findings-posted': postedCount(summary),
        'findings-json': files.json,
        'findings-sarif': files.sarif,
        'review-url': summary.reviewUrl ?? '',
        'check-url': checkUrl ?? '',
    });
    logOutcome(outcome, reporting.log);
    if (checkUrl === null)
        annotateFiles(check, reporting.log);
    if (summary.failure !== undefined && reporting.failOnError)
        return 1;
    // Where no check could be made, the step is all that is left to carry what the policy's fail-on asks for.
    return check.conclusion === 'failure' && checkUrl === null ? 1 : 0;
}
function logOutcome({ summary, check, checkUrl }, log) {
    const { judged, selection, failure, policy, githubRequests } = summary;
    for (const { message } of policy.problems)
        log.warning(`${message}.`);
    if (policy.problems.length > 0)
        log.warning('The policy file was not used; the defaults are in force.');
    if (failure !== undefined)
        log.warning(`${failure.message} ${failure.hint} (${failure.code})`);
    log.info(`${(0,counts/* counted */.hS)(judged.length, 'finding')}, ${postedCount(summary)} posted; ${(0,counts/* counted */.hS)(selection.selected.length, 'file')} selected, ` +
        `${selection.skipped.length} skipped; conclusion ${check.conclusion}${checkUrl === null ? ', no check' : ''}.`);
    if (githubRequests !== undefined)
        log.info(`GitHub was asked ${(0,counts/* counted */.hS)(githubRequests, 'time')}.`);
}
/** Without a check, the page of the run is the one place that can point at lines. */
function annotateFiles({ annotations }, log) {
    const shown = annotate(annotations);
    log.info(`No check could be made; ${(0,counts/* counted */.hS)(shown, 'finding')} shown as annotations of this run, all of them in the job summary. ` +
        'For full function on forks, a person with write permission gives a comment command: see examples/workflows/comment-command.yml.');
}
function postedCount({ judged }) {
    return judged.filter(({ verdict }) => verdict === 'posted').length;
}


/***/ })

};
