export { freePorts } from './free-ports.ts';
export { fetchJars, hasJavaAndMaven } from './fetch-jars.ts';
export { type LocalKafka, type LocalKafkaOptions, startLocalKafka } from './start-local-kafka.ts';
export { type LocalCluster, type LocalClusterOptions, startLocalCluster } from './start-local-cluster.ts';
export { type SecureListener } from './server-properties.ts';
export { type BrokerCertificate, makeCertificate } from './make-certificate.ts';
export { alterConfig } from './alter-config.ts';
