import { RULES } from './rules';
import type { Service } from '../rules/service-declaration';

export const service: Service = {
  name: 'elasticloadbalancingv2',
  title: 'Elastic Load Balancing',
  protects: {
    'AWS::ElasticLoadBalancingV2::Listener': { kind: 'ELB listener' },
  },
  rules: RULES,
};
