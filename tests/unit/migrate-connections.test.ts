import assert from "node:assert/strict";
import fc from "fast-check";
import { joinBucket, joinServer, splitBucket, splitServer } from "../../sdk/migrate/connections";

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const anything = fc.string({ minLength: 1, unit: "grapheme" });
/** As it stands in an address. */
const encoded = anything.filter(wellFormed).map(encodeURIComponent);

/** Half of a pair of surrogates has no code. */
function wellFormed(text: string): boolean {
    return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

describe("addresses of stores", () => {
    const buckets: [string, ReturnType<typeof splitBucket>][] = [
        ["s3://files", { provider: "s3", name: "files" }],
        ["s3://KEY:SECRET@files", { provider: "s3", name: "files", accessKey: "KEY", secretKey: "SECRET" }],
        [
            "s3://KEY:s%2Fcret@minio.example:9000/wandb?tls=true",
            {
                provider: "s3",
                name: "minio.example:9000",
                path: "wandb?tls=true",
                accessKey: "KEY",
                secretKey: "s/cret",
            },
        ],
        ["gs://files/team/a", { provider: "gcs", name: "files", path: "team/a" }],
        ["az://account/container/prefix", { provider: "az", name: "account", path: "container/prefix" }],
        ["https://files.example", undefined],
        ["s3://", undefined],
        ["files", undefined],
    ];
    for (const [address, parts] of buckets) {
        it(`splits ${address}`, () => assert.deepEqual(splitBucket(address), parts));
    }

    it("splits an address of MySQL, and keeps the password as it stands", () => {
        assert.deepEqual(splitServer("mysql://wandb:p%40ss@db.example/wandb_local?tls=preferred", ["mysql"], 3306), {
            host: "db.example",
            port: 3306,
            username: "wandb",
            password: "p%40ss",
            path: "wandb_local",
            parameters: { tls: "preferred" },
        });
    });

    it("splits an address of Redis without user", () => {
        assert.deepEqual(splitServer("redis://:pw@[fd00::1]:6380?tls=true&ttlInSeconds=60", ["redis"], 6379), {
            host: "[fd00::1]",
            port: 6380,
            password: "pw",
            parameters: { tls: "true", ttlInSeconds: "60" },
        });
    });

    for (const address of ["", "redis://", "mysql://db:99999", "postgres://db", "db.example", "redis://a:b:c"]) {
        it(`takes ${JSON.stringify(address)} for none`, () => {
            assert.equal(splitServer(address, ["mysql", "redis"], 3306), undefined);
        });
    }

    it("joins what it has split, for any credentials", () => {
        const parts = fc.record(
            {
                provider: fc.constantFrom("s3" as const, "gcs" as const, "az" as const, "cw" as const),
                name: word,
                path: word,
                accessKey: anything.filter(wellFormed),
                secretKey: anything.filter(wellFormed),
            },
            { noNullPrototype: true },
        );
        fc.assert(fc.property(parts, (given) => assert.deepEqual(splitBucket(joinBucket(given)), given)));
    });

    it("joins servers, too", () => {
        const parts = fc.record(
            {
                host: word,
                port: fc.integer({ min: 1, max: 65535 }),
                username: anything.filter(wellFormed),
                password: encoded,
                path: word,
                parameters: fc.dictionary(word, anything.filter(wellFormed), { noNullPrototype: true }),
            },
            { noNullPrototype: true },
        );
        fc.assert(
            fc.property(parts, (given) =>
                assert.deepEqual(splitServer(joinServer("mysql", given), ["mysql"], 3306), given),
            ),
        );
    });

    it("never throws", () => {
        fc.assert(
            fc.property(fc.string(), (text) => {
                splitBucket(text);
                splitServer(text, ["mysql"], 3306);
            }),
        );
    });
});
