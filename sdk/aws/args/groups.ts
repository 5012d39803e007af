import type * as pulumi from "@pulumi/pulumi";

/**
 * A security group that is made: how it is called, for one that is taken over, and where names follow rules. What it guards uses it, so another
 * one is made beside it and the old one goes last: two of one name cannot stand in a VPC.
 */
export interface AwsSecurityGroupArgs {
    /**
     * Name (`GroupName`), at most 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and not beginning with `sg-`. No
     * two groups of a VPC have the same. A change replaces the group. Default: made from the logical name.
     */
    name?: pulumi.Input<string>;
    /**
     * Description (`GroupDescription`), the same characters. A change replaces the group; where `name` is given it must change in the same run.
     * Default: what the group is for.
     */
    description?: pulumi.Input<string>;
}

/**
 * A parameter group that is made: how it is called, for one that is taken over, and where names follow rules. Its store uses it, so
 * another one is made beside it and the old one goes last: two cannot have the same name.
 */
export interface AwsParameterGroupArgs {
    /**
     * Name, at most 255 lower-case letters, digits and hyphens, a letter first. A change replaces the group, and the store may
     * follow the new one with its next restart only. A group is of one family, so with another major version of the engine the name must change in the same run.
     * Default: made from the logical name.
     */
    name?: pulumi.Input<string>;
    /**
     * Description (`Description`), at most 255 characters. A change replaces the group; where `name` is given it must change in the same run.
     * Default: what the group is for.
     */
    description?: pulumi.Input<string>;
}
