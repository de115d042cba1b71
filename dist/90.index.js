export const id = 90;
export const ids = [90];
export const modules = {

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

/***/ 6090:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   limitIn: () => (/* binding */ limitIn)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7597);
/* harmony import */ var _graphql_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6352);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1875);
/* harmony import */ var _translate_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1366);




const GraphqlAnswer = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    data: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ errors: _graphql_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .GraphqlErrors */ .D$ }),
    headers: zod__WEBPACK_IMPORTED_MODULE_2__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .union */ .KCZ([zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), zod__WEBPACK_IMPORTED_MODULE_2__/* .undefined */ .Vxk()])),
});
const FailedAnswer = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ response: zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ headers: GraphqlAnswer.shape.headers }) });
/** The headers of an answer that is a rate limit in any of its forms; null for every other answer. */
function limitIn(attempt) {
    if ('answer' in attempt) {
        const graphql = GraphqlAnswer.safeParse(attempt.answer);
        return graphql.success && (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .isGraphqlLimit */ .N)(graphql.data.data.errors) ? graphql.data.headers : null;
    }
    const graphql = (0,_graphql_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asGraphqlErrors */ .J6)(attempt.error);
    const http = (0,_translate_error_js__WEBPACK_IMPORTED_MODULE_1__/* .asHttpError */ .No)(attempt.error);
    const isLimit = graphql === null ? http !== null && (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .isRateLimit */ .a)(http) : (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .isGraphqlLimit */ .N)(graphql);
    if (!isLimit)
        return null;
    return FailedAnswer.safeParse(attempt.error).data?.response.headers ?? {};
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


/***/ })

};
