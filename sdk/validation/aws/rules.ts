import { isIP } from "node:net";
import { given } from "../wording";

/** Rules of AWS for names and ARNs; each function says what is wrong with a text, or nothing. */

const Principal = /^arn:aws[a-z-]*:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/;

/** An IAM role, user or account. */
export function wrongPrincipal(arn: string): string | undefined {
    if (Principal.test(arn)) {
        return undefined;
    }
    const example = "Give for example arn:aws:iam::123456789012:role/wandb.";
    if (arn === "*") {
        return `is everybody ${given(arn)}, which would make the bucket public. ${example}`;
    }
    if (/^\d{12}$/.test(arn)) {
        return `is an account's number ${given(arn)}. Give arn:aws:iam::${arn}:root to trust all of that account.`;
    }
    if (/^arn:[^:]*:sts:/.test(arn)) {
        return `is one session of a role ${given(arn)}, which ends. Give the ARN of the role itself, arn:aws:iam::<account>:role/<name>.`;
    }
    if (/:instance-profile\//.test(arn)) {
        return `is an instance profile ${given(arn)}. Give the ARN of the role in it.`;
    }
    return `is not the ARN of an IAM role, user or account ${given(arn)}. ${example}`;
}

/** Who may manage a key: not all of an account, which would be everybody whom its IAM policies let do so in any case. */
export function wrongAdministrator(arn: string): string | undefined {
    if (arn === "*") {
        return `is everybody ${given(arn)}, so anybody could manage the key. Give a role or user, for example arn:aws:iam::123456789012:role/admin.`;
    }
    return Principal.test(arn) && arn.endsWith(":root")
        ? `is a whole account ${given(arn)}. Leave the key's own account out, its IAM policies count in any case; give single roles and users.`
        : wrongPrincipal(arn);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function wrongRoleName(name: string): string | undefined {
    return /^[\w+=,.@-]{1,64}$/.test(name)
        ? undefined
        : `is not a name of an IAM role ${given(name)}. It has 1 to 64 letters, digits and _ + = , . @ - and no path, which is \`aws.identity.path\`.`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function wrongIamPath(path: string): string | undefined {
    return /^\/([!-~]+\/)?$/.test(path) && path.length <= 512
        ? undefined
        : `is not a path of IAM ${given(path)}. It begins and ends with a slash, for example /wandb/, and has at most 512 characters.`;
}

/** A managed policy: AWS's own, or one of an account. */
export function wrongPolicyArn(arn: string): string | undefined {
    return /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/.test(arn)
        ? undefined
        : `is not the ARN of an IAM policy ${given(arn)}. Give for example arn:aws:iam::123456789012:policy/wandb.`;
}

/** The number of an account. */
export function wrongAccountId(id: string): string | undefined {
    return /^\d{12}$/.test(id)
        ? undefined
        : `is not the number of an AWS account ${given(id)}. It has twelve digits, for example 123456789012.`;
}

/** A bucket by its ARN. */
export function wrongBucketArn(arn: string): string | undefined {
    const [, name] = /^arn:aws[a-z-]*:s3:::(.+)$/.exec(arn) ?? [];
    return name !== undefined && wrongBucketName(name) === undefined
        ? undefined
        : `is not the ARN of an S3 bucket ${given(arn)}. Give arn:aws:s3:::<name>.`;
}

/** A KMS key by its own ARN. An alias would be looked up in the account of whoever writes an object. */
export function wrongKeyArn(arn: string): string | undefined {
    if (/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(arn)) {
        return undefined;
    }
    const wanted = "Give arn:aws:kms:<region>:<account>:key/<id>.";
    return /(^|:)alias\//.test(arn)
        ? `is an alias ${given(arn)}, which others would look up in their own account. ${wanted}`
        : `is not the ARN of a KMS key ${given(arn)}. ${wanted}`;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/alias-create.html */
export function wrongAlias(alias: string): string | undefined {
    if (alias.startsWith("alias/aws/")) {
        return `begins with alias/aws/ ${given(alias)}, which is for AWS itself. Choose another name.`;
    }
    return /^alias\/[A-Za-z0-9/_-]+$/.test(alias) && alias.length <= 256
        ? undefined
        : `is not an alias of a KMS key ${given(alias)}. It begins with alias/ and has letters, digits, slashes, underscores and hyphens, 256 characters at most.`;
}

const ReservedStarts = ["xn--", "sthree-", "amzn-s3-demo-"];
const ReservedEnds = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function wrongBucketName(name: string): string | undefined {
    if (/^[a-z0-9]+:\/\//i.test(name) || name.includes("/")) {
        return `is a URL or path ${given(name)}. Give the bucket's name alone, and what follows it as \`prefix\`.`;
    }
    if (!/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || isIP(name) !== 0) {
        return `is not a name of an S3 bucket ${given(name)}. It has 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends.`;
    }
    const start = reservedStart(name);
    const end = ReservedEnds.find((reserved) => name.endsWith(reserved));
    if (start !== undefined || end !== undefined) {
        return `${start === undefined ? `ends with ${end}` : `begins with ${start}`} ${given(name)}, which S3 keeps for itself. Choose another name.`;
    }
    return undefined;
}

/** The prefix stands in a policy, where some characters mean others. */
export function wrongPrefix(prefix: string): string | undefined {
    if (/^\/|\/$|\/\//.test(prefix)) {
        return `starts or ends with a slash or has two in a row ${given(prefix)}. Give for example team/wandb.`;
    }
    return /^[\w!.'()/=+@:,~-]+$/.test(prefix)
        ? undefined
        : `holds a character that means something else in a policy or a URL ${given(prefix)}. Use letters, digits and - _ . / for example team/wandb.`;
}

/** Start of the names that S3 keeps for itself. */
export function reservedStart(bucketName: string): string | undefined {
    return ReservedStarts.find((reserved) => bucketName.startsWith(reserved));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/security-groups.html */
export function wrongSecurityGroupId(id: string): string | undefined {
    return /^sg-[0-9a-f]+$/.test(id)
        ? undefined
        : `is not the id of a security group ${given(id)}. Give for example sg-0123456789abcdef0.`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html */
export const ZoneName = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)[a-z]$/;

/** An availability zone by its name. */
export function wrongZone(name: string): string | undefined {
    return ZoneName.test(name)
        ? undefined
        : `is not the name of an availability zone ${given(name)}. Give for example eu-west-1a, no zone id and no Local Zone.`;
}

const TagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function wrongTagKey(key: string): string | undefined {
    if (/^aws:/i.test(key)) {
        return "begins with aws:, which is for AWS itself. Choose another key.";
    }
    return key !== "" && key.length <= 128 && TagText.test(key)
        ? undefined
        : "is not a valid key of a tag. Use 1 to 128 letters, digits, spaces and _ . : / = + - @";
}

/** Value of a tag; it may be empty. */
export function wrongTag(value: string): string | undefined {
    return value.length <= 256 && TagText.test(value)
        ? undefined
        : `is not a valid value of a tag ${given(value)}. Use at most 256 letters, digits, spaces and _ . : / = + - @`;
}
