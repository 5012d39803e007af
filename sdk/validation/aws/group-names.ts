import type { WandbDeploymentArgs } from "../../args";
import type { AwsParameterGroupArgs, AwsSecurityGroupArgs } from "../../aws/args/groups";
import type { Section } from "../section";
import { object, text } from "../shape";
import { given } from "../wording";

export const securityGroupShape = object<AwsSecurityGroupArgs>("AwsSecurityGroupArgs", {
    name: text,
    description: text,
});

export const parameterGroupShape = object<AwsParameterGroupArgs>("AwsParameterGroupArgs", {
    name: text,
    description: text,
});

const SecurityGroupText = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
const SecurityGroupCharacters = "at most 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
function wrongSecurityGroupName(name: string): string | undefined {
    if (/^sg-/i.test(name) || name.toLowerCase() === "default") {
        return `is a name that EC2 keeps for itself ${given(name)}. Choose one that does not begin with sg- and is not default.`;
    }
    return SecurityGroupText.test(name)
        ? undefined
        : `is not a name of a security group ${given(name)}. Use ${SecurityGroupCharacters}.`;
}

function wrongSecurityGroupDescription(description: string): string | undefined {
    return SecurityGroupText.test(description)
        ? undefined
        : `is not a description of a security group ${given(description)}. Use ${SecurityGroupCharacters}.`;
}

type Args = Section<WandbDeploymentArgs>;

/** Every security group that is made in the network. */
function securityGroups(args: Args): Section<AwsSecurityGroupArgs>[] {
    const aws = args.section("aws");
    return [
        aws?.section("network")?.section("endpointSecurityGroup"),
        aws?.section("database")?.section("securityGroup"),
        aws?.section("cache")?.section("securityGroup"),
        aws?.section("privateLink")?.section("securityGroup"),
        aws?.section("clickHouse")?.section("securityGroup"),
    ].filter((group) => group !== undefined);
}

/** Names and descriptions of all security groups. A VPC has no two of one name, whatever the case of its letters. */
export function checkSecurityGroups(args: Args): void {
    const taken = new Map<string, string>();
    for (const group of securityGroups(args)) {
        group.check("name", wrongSecurityGroupName);
        group.check("description", wrongSecurityGroupDescription);
        const name = group.text("name");
        const first = taken.get(name?.toLowerCase() ?? "");
        if (name !== undefined && first !== undefined) {
            group.refuse("name", `is that of \`${first}\` too ${given(name)}. Give another name.`);
        } else if (name !== undefined) {
            taken.set(name.toLowerCase(), group.at("name"));
        }
    }
}

const LongestDescription = 255;

/**
 * Name and description of a parameter group, of RDS or ElastiCache, whose rules are the same.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html,
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Creating.html; the provider takes lower case only
 */
export function checkParameterGroup(group: Section<AwsParameterGroupArgs> | undefined): void {
    group?.check("name", (name) =>
        /^[a-z](?!.*--)[a-z0-9-]{0,254}(?<!-)$/.test(name)
            ? undefined
            : `is not a name of a parameter group ${given(name)}. It has at most 255 lower-case letters, digits and hyphens, a letter first, no hyphen last and no two in a row.`,
    );
    group?.check("description", (description) =>
        description.length <= LongestDescription
            ? undefined
            : `has ${description.length} characters, and AWS takes at most ${LongestDescription}. Shorten it.`,
    );
}
