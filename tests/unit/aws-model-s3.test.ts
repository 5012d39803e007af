/** The rules of the simulated S3: for each one input that AWS takes and one that it refuses. */
import assert from "node:assert/strict";
import { aws } from "../../sandbox/clouds/aws";
import { properties, type PropertyMap, textOf } from "../../sandbox/clouds/values";
import { TestCloud, urnOf } from "../support/cloud-frame";

const bucketType = "aws:s3/bucket:Bucket";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";
const publicAccessType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const versioningType = "aws:s3/bucketVersioning:BucketVersioning";
const lifecycleType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const encryptionType = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const corsType = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration";
const ownershipType = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";

const role = "arn:aws:iam::210987654321:role/wandb";
const statement = {
    Effect: "Allow",
    Principal: { AWS: [role] },
    Action: ["s3:GetObject"],
    Resource: ["arn:aws:s3:::files/*"],
};

describe("simulated S3", () => {
    let cloud: TestCloud;
    beforeEach(async () => {
        cloud = new TestCloud({ cloud: aws });
        cloud.provider.configure(
            properties({ region: "eu-west-1", defaultTags: { tags: { team: "ml", stage: "a" } } }),
        );
        await cloud.create(bucketType, { bucket: "files" }, "files");
    });
    afterEach(() => cloud.remove());

    const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const putPolicy = (text: string) => cloud.create(policyType, { bucket: "files", policy: text });
    const update = (type: string, news: PropertyMap, olds: PropertyMap) =>
        cloud.provider.update({
            urn: urnOf(type),
            id: "files",
            oldOutputs: properties(olds),
            news: properties(news),
            preview: false,
        });

    it("names a bucket after the resource, and checks a given name", async () => {
        const { inputs } = await cloud.check(bucketType, {});
        assert.match(textOf(inputs.values["bucket"]), /^one-[0-9a-f]{7}$/);
        for (const name of ["abc", "a.b-c1", "0files"]) {
            assert.deepEqual(await cloud.problems(bucketType, { bucket: name }), [], name);
        }
        for (const name of ["ab", "Files", "a_b", "-ab", "a..b", "10.0.0.1", "xn--ab", "ab--x-s3", "a".repeat(64)]) {
            assert.match((await cloud.problems(bucketType, { bucket: name })).join(), /^bucket: must be 3 to 63/, name);
        }
    });

    it("has one bucket of a name", async () => {
        await assert.rejects(cloud.create(bucketType, { bucket: "files" }, "two"), /BucketAlreadyExists/);
        await cloud.create(bucketType, { bucket: "files-2" }, "two");
    });

    it("tells ARN, region and all tags", async () => {
        const inputs = { bucket: "tagged", region: "us-east-2", tags: { team: "data" } };
        const { outputs } = await cloud.create(bucketType, inputs, "three");
        assert.equal(outputs.values["arn"], "arn:aws:s3:::tagged");
        assert.equal(outputs.values["bucketRegion"], "us-east-2");
        assert.deepEqual(outputs.values["tagsAll"], { team: "data", stage: "a" });
    });

    it("replaces a bucket for its name, and changes tags in place", async () => {
        const olds = { bucket: "files", tags: { a: "1" } };
        const diff = async (news: PropertyMap) =>
            (
                await cloud.provider.diff({
                    urn: urnOf(bucketType),
                    id: "files",
                    oldInputs: properties(olds),
                    news: properties(news),
                })
            ).changes.map(({ path, replaces }) => `${path} ${replaces}`);
        assert.deepEqual(await diff({ ...olds, bucket: "other" }), ["bucket true"]);
        assert.deepEqual(await diff({ ...olds, tags: { a: "2" } }), ["tags.a false"]);
    });

    it("takes no tags that AWS does not take, default ones included", async () => {
        const many = Object.fromEntries(Array.from({ length: 48 }, (_, at) => [`t${at}`, ""]));
        await cloud.create(bucketType, { bucket: "many-tags", tags: many }, "many");
        const more = cloud.create(bucketType, { bucket: "more-tags", tags: { ...many, x: "" } }, "more");
        await assert.rejects(more, /cannot be greater than 50 \(51 given/);
        await assert.rejects(update(bucketType, { bucket: "files", tags: { "aws:x": "" } }, {}), /InvalidTag/);
    });

    it("does not tell whether it may be emptied: an import shows the default", async () => {
        const inputs = { bucket: "scratch", forceDestroy: true };
        const { id, outputs } = await cloud.create(bucketType, inputs, "scratch");
        const read = async (known: PropertyMap, state = properties()) => {
            const request = { urn: urnOf(bucketType), id, state, inputs: properties(known) };
            return (await cloud.provider.read(request))?.inputs.values["forceDestroy"];
        };
        assert.equal(await read({}), false);
        assert.equal(await read(inputs, outputs), true);
    });

    it("keeps a bucket with objects, unless it may empty it", async () => {
        const plant = (bucket: string) =>
            cloud.provider.inventory.plant({
                type: "aws:s3/object",
                id: `${bucket}/a`,
                inputs: { bucket, key: "a" },
                outputs: {},
            });
        await plant("files");
        await assert.rejects(cloud.delete(bucketType, "files"), /BucketNotEmpty.*\(files\)/);
        await cloud.create(bucketType, { bucket: "scratch", forceDestroy: true }, "scratch");
        await plant("scratch");
        await cloud.delete(bucketType, "scratch");
        assert.deepEqual(
            cloud.provider.inventory.rows().map(({ id }) => id),
            ["files", "files/a"],
        );
    });

    it("puts settings on buckets that exist only", async () => {
        const inputs = { rule: { objectOwnership: "BucketOwnerEnforced" } };
        await cloud.create(ownershipType, { bucket: "files", ...inputs });
        await assert.rejects(cloud.create(ownershipType, { bucket: "gone", ...inputs }), /NoSuchBucket/);
    });

    it("suspends versioning, but never makes a bucket unversioned again", async () => {
        const versioned = (status: string) => ({ bucket: "files", versioningConfiguration: { status } });
        assert.match(
            (await cloud.problems(versioningType, versioned("On"))).join(),
            /must be one of Enabled, Suspended/,
        );
        await cloud.create(versioningType, versioned("Enabled"));
        await update(versioningType, versioned("Suspended"), versioned("Enabled"));
        await assert.rejects(
            update(versioningType, versioned("Disabled"), versioned("Suspended")),
            /cannot be updated/,
        );
    });

    describe("lifecycle rules", () => {
        const rule = { id: "a", status: "Enabled", filter: {}, noncurrentVersionExpiration: { noncurrentDays: 1 } };
        const put = (...rules: PropertyMap[]) => cloud.create(lifecycleType, { bucket: "files", rules });
        it("accepts one", async () => {
            await put(rule);
        });
        for (const [what, rules, expected] of [
            ["two of one name", [rule, rule], /Rule ID must be unique/],
            ["one that does nothing", [{ id: "a", status: "Enabled" }], /At least one action/],
            [
                "no days",
                [{ id: "a", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 0 } }],
                /must be a positive integer/,
            ],
            [
                "days and markers together",
                [{ id: "a", status: "Enabled", expiration: { days: 1, expiredObjectDeleteMarker: true } }],
                /ExpiredObjectDeleteMarker cannot/,
            ],
        ] as const) {
            it(`refuses ${what}`, () => assert.rejects(put(...rules), expected));
        }
    });

    it("encrypts by one rule, and takes a key for KMS only", async () => {
        const rule = (sseAlgorithm: string, kmsMasterKeyId: string | null) => ({
            applyServerSideEncryptionByDefault: {
                sseAlgorithm,
                ...(kmsMasterKeyId === null ? {} : { kmsMasterKeyId }),
            },
        });
        const put = (...rules: PropertyMap[]) => cloud.create(encryptionType, { bucket: "files", rules });
        await assert.rejects(put(rule("AES256", "key")), /KMSMasterKeyID is not applicable/);
        await assert.rejects(put(), /exactly one encryption rule/);
        await put(rule("aws:kms", "key"));
    });

    it("takes CORS origins with one wildcard", async () => {
        const put = (...allowedOrigins: string[]) =>
            cloud.create(corsType, { bucket: "files", corsRules: [{ allowedMethods: ["GET"], allowedOrigins }] });
        await assert.rejects(put("https://*.*.example"), /can not have more than one wildcard/);
        const wrong = { bucket: "files", corsRules: [{ allowedMethods: ["PATCH"], allowedOrigins: ["*"] }] };
        assert.match((await cloud.problems(corsType, wrong)).join(), /must be one of GET, PUT/);
        await put("https://*.example", "*");
    });

    describe("bucket policies", () => {
        it("accepts a grant with a refusal for everybody", async () => {
            const refusal = {
                ...statement,
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: "arn:aws:s3:::files/*",
            };
            await putPolicy(policy(statement, refusal));
        });

        it("finds text that is no JSON before AWS is asked", async () => {
            const problems = (text: string) => cloud.problems(policyType, { bucket: "files", policy: text });
            assert.match((await problems("{")).join(), /^policy: contains an invalid JSON/);
            assert.match((await problems("[]")).join(), /^policy: contains an invalid JSON/);
            assert.deepEqual(await problems(policy(statement)), []);
        });

        for (const [what, text, expected] of [
            ["no version", JSON.stringify({ Statement: [statement] }), /MalformedPolicy: .*version/],
            ["no statement", policy(), /Missing required field Statement/],
            ["no principal", policy({ ...statement, Principal: undefined }), /Missing required field Principal/],
            [
                "a principal of an unknown form",
                policy({ ...statement, Principal: { AWS: "wandb" } }),
                /Invalid principal/,
            ],
            [
                "a principal of an unknown kind",
                policy({ ...statement, Principal: { Azure: role } }),
                /Invalid principal/,
            ],
            [
                "a principal of another partition",
                policy({ ...statement, Principal: { AWS: role.replace("aws", "aws-cn") } }),
                /Invalid principal/,
            ],
            ["another service's action", policy({ ...statement, Action: "kms:Decrypt" }), /invalid action/],
            ["another bucket", policy({ ...statement, Resource: "arn:aws:s3:::other/*" }), /invalid resource/],
            [
                "an action on objects for a bucket",
                policy({ ...statement, Resource: "arn:aws:s3:::files" }),
                /does not apply/,
            ],
            ["an action on a bucket for objects", policy({ ...statement, Action: "s3:ListBucket" }), /does not apply/],
            ["more than 20 KB", policy({ ...statement, Sid: "x".repeat(21_000) }), /PolicyTooLarge/],
        ] as const) {
            it(`refuses ${what}`, () => assert.rejects(putPolicy(text), expected));
        }

        const everybody = policy({ ...statement, Principal: "*" });

        it("blocks a public one by default, and at an update too", async () => {
            await assert.rejects(
                putPolicy(everybody),
                /AccessDenied: User: arn:aws:iam::123456789012:user\/sandbox .*BlockPublicPolicy/,
            );
            const { outputs } = await putPolicy(policy(statement));
            const news = { bucket: "files", policy: everybody };
            await assert.rejects(update(policyType, news, outputs.values), /BlockPublicPolicy/);
        });

        it("takes it once the block is lifted, or when a fixed value limits it", async () => {
            const limited = {
                ...statement,
                Principal: "*",
                Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
            };
            await putPolicy(policy(limited));
            await cloud.delete(policyType, "files");
            await cloud.create(publicAccessType, { bucket: "files", blockPublicPolicy: false });
            await putPolicy(everybody);
        });
    });
});
