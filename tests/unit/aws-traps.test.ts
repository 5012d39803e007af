import { describeTraps } from "../support/traps";

/** Where each trap of the Terraform module for AWS has a test with its number. */
const files: Readonly<Record<number, readonly string[]>> = {
    1: ["unit/aws-ingress"],
    2: ["unit/aws-ingress"],
    3: ["component/aws-dns"],
    4: ["component/aws-traps"],
    5: ["unit/aws-ingress"],
    6: ["unit/aws-ingress", "component/aws-private-link"],
    7: ["component/aws-private-link"],
    8: ["unit/aws-policies", "unit/aws-policies-deployment", "component/aws-keys"],
    9: ["unit/aws-policies-deployment", "unit/aws-model-eks-contents", "component/aws-keys"],
    10: ["unit/aws-cluster-validation", "unit/aws-model-eks-contents"],
    11: ["component/aws-monitoring"],
    12: ["component/aws-traps"],
    13: ["component/aws-traps"],
    14: ["component/aws-bucket"],
    15: ["unit/aws-policies-deployment"],
    16: ["unit/aws-policies-deployment", "component/aws-identity"],
    17: ["unit/aws-policies"],
    18: ["component/aws-click-house"],
    19: ["component/aws-traps"],
    20: ["unit/aws-model-eks-contents", "component/aws-cluster"],
    21: ["component/aws-traps"],
    22: ["component/aws-traps"],
    23: ["component/aws-cluster-contents"],
    24: ["component/aws-monitoring"],
    25: ["component/aws-traps"],
    26: ["component/aws-database"],
    27: ["component/aws-traps"],
    28: ["unit/aws-controller-policies"],
    29: ["component/aws-traps"],
    30: ["component/aws-traps"],
    31: ["component/aws-traps"],
};

describeTraps("traps of the Terraform module of AWS: where their tests are", 31, files);
