package example;

import io.github.cdkencryption.constructs.EncryptedBucket;
import io.github.cdkencryption.constructs.EncryptedDatabaseInstance;
import io.github.cdkencryption.constructs.EncryptedLogGroup;
import io.github.cdkencryption.constructs.EncryptedQueue;
import io.github.cdkencryption.constructs.EncryptedSecret;
import io.github.cdkencryption.constructs.EncryptedTable;
import io.github.cdkencryption.constructs.EncryptedTopic;
import io.github.cdkencryption.constructs.EncryptionAtRest;
import io.github.cdkencryption.constructs.EncryptionChecks;
import io.github.cdkencryption.constructs.EncryptionKey;
import io.github.cdkencryption.constructs.HttpsListenerOptions;
import io.github.cdkencryption.constructs.HttpsLoadBalancer;
import io.github.cdkencryption.constructs.MessageSource;
import io.github.cdkencryption.constructs.MultiRegionKey;
import io.github.cdkencryption.constructs.ServiceAccess;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerAction;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.kinesis.CfnStream;
import software.amazon.awscdk.services.rds.DatabaseInstanceEngine;
import software.amazon.awscdk.services.rds.PostgresEngineVersion;
import software.amazon.awscdk.services.rds.PostgresInstanceEngineProps;

/** The app of app.js, in Java. */
public final class Main {
    private Main() {}

    public static void main(final String[] args) {
        final StackProps stackProps = StackProps.builder()
            .env(Environment.builder().account("111122223333").region("us-east-1").build())
            .build();
        final App app = App.Builder.create().analyticsReporting(false).outdir("cdk.out").build();

        final Stack keys = new Stack(app, "Keys", stackProps);
        MultiRegionKey.Builder.create(keys, "Key").replicaRegions(List.of("eu-west-1")).alias("alias/everywhere").build();

        final Stack data = new Stack(app, "Data", stackProps);
        final EncryptionKey key = EncryptionKey.Builder.create(data, "Key")
            .alias("alias/data")
            .rotationPeriod(Duration.days(180))
            .services(List.of(ServiceAccess.sns()))
            .build();
        final EncryptedBucket bucket = EncryptedBucket.Builder.create(data, "Bucket").encryptionKey(key).build();
        final EncryptedQueue queue = EncryptedQueue.Builder.create(data, "Queue").encryptionKey(key).build();
        queue.allowSendFrom(MessageSource.bucket(bucket));
        EncryptedTopic.Builder.create(data, "Topic").encryptionKey(key).build();
        EncryptedTable.Builder.create(data, "Table")
            .encryptionKey(key)
            .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
            .build();
        EncryptedSecret.Builder.create(data, "Secret").encryptionKey(key).build();
        EncryptedLogGroup.Builder.create(data, "LogGroup").encryptionKey(key).build();
        EncryptionAtRest.Builder.create(key).build().applyTo(CfnStream.Builder.create(data, "Stream").shardCount(1).build());

        final Vpc vpc = Vpc.Builder.create(data, "Vpc").natGateways(0).availabilityZones(List.of("us-east-1a", "us-east-1b")).build();
        final SubnetSelection subnets = SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build();
        EncryptedDatabaseInstance.Builder.create(data, "Database")
            .engine(DatabaseInstanceEngine.postgres(PostgresInstanceEngineProps.builder().version(PostgresEngineVersion.VER_17_9).build()))
            .encryptionKey(key)
            .vpc(vpc)
            .vpcSubnets(subnets)
            .build();
        HttpsLoadBalancer.Builder.create(data, "LoadBalancer").vpc(vpc).vpcSubnets(subnets).build()
            .addHttpsListener("Https", HttpsListenerOptions.builder()
                .certificates(List.of(ListenerCertificate.fromArn(
                    "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000")))
                .defaultAction(ListenerAction.fixedResponse(200))
                .build());

        try {
            EncryptedBucket.Builder.create(data, "Weak").enforceSsl(false).build();
        } catch (final RuntimeException error) {
            System.out.println(error.getMessage().split("\n")[0]);
        }
        Validations.of(app).addPlugins(EncryptionChecks.Builder.create(app).build());
        app.synth();
    }
}
