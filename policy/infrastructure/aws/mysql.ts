import type { Resource } from "../../resource";

export const ClusterType = "aws:rds/cluster:Cluster";
export const InstanceType = "aws:rds/instance:Instance";
/** An instance of a cluster. */
export const MemberType = "aws:rds/clusterInstance:ClusterInstance";
export const ClusterGroupType = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
export const GroupType = "aws:rds/parameterGroup:ParameterGroup";

/** Whether a database of RDS is MySQL. A cluster without engine is the Aurora of MySQL 5.6, which AWS no longer makes. */
export function isMysql({ properties }: Resource): boolean {
    const engine = properties.at("engine").text;
    return engine === "mysql" || engine === "aurora-mysql";
}
