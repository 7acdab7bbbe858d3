// The app of app.js, in Go.
package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskinesis"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsrds"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-encryption-constructs/cdk-encryption-constructs-go/cdkencryptionconstructs"
)

func main() {
	defer jsii.Close()
	stackProps := &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String("111122223333"), Region: jsii.String("us-east-1")}}
	app := awscdk.NewApp(&awscdk.AppProps{AnalyticsReporting: jsii.Bool(false), Outdir: jsii.String("cdk.out")})

	keys := awscdk.NewStack(app, jsii.String("Keys"), stackProps)
	cdkencryptionconstructs.NewMultiRegionKey(keys, jsii.String("Key"), &cdkencryptionconstructs.MultiRegionKeyProps{
		ReplicaRegions: jsii.Strings("eu-west-1"),
		Alias:          jsii.String("alias/everywhere"),
	})

	data := awscdk.NewStack(app, jsii.String("Data"), stackProps)
	key := cdkencryptionconstructs.NewEncryptionKey(data, jsii.String("Key"), &cdkencryptionconstructs.EncryptionKeyProps{
		Alias:          jsii.String("alias/data"),
		RotationPeriod: awscdk.Duration_Days(jsii.Number(180)),
		Services:       &[]cdkencryptionconstructs.ServiceAccess{cdkencryptionconstructs.ServiceAccess_Sns(nil)},
	})
	bucket := cdkencryptionconstructs.NewEncryptedBucket(data, jsii.String("Bucket"), &cdkencryptionconstructs.EncryptedBucketProps{EncryptionKey: key})
	queue := cdkencryptionconstructs.NewEncryptedQueue(data, jsii.String("Queue"), &cdkencryptionconstructs.EncryptedQueueProps{EncryptionKey: key})
	queue.AllowSendFrom(cdkencryptionconstructs.MessageSource_Bucket(bucket))
	cdkencryptionconstructs.NewEncryptedTopic(data, jsii.String("Topic"), &cdkencryptionconstructs.EncryptedTopicProps{EncryptionKey: key})
	cdkencryptionconstructs.NewEncryptedTable(data, jsii.String("Table"), &cdkencryptionconstructs.EncryptedTableProps{
		EncryptionKey: key,
		PartitionKey:  &awsdynamodb.Attribute{Name: jsii.String("id"), Type: awsdynamodb.AttributeType_STRING},
	})
	cdkencryptionconstructs.NewEncryptedSecret(data, jsii.String("Secret"), &cdkencryptionconstructs.EncryptedSecretProps{EncryptionKey: key})
	cdkencryptionconstructs.NewEncryptedLogGroup(data, jsii.String("LogGroup"), &cdkencryptionconstructs.EncryptedLogGroupProps{EncryptionKey: key})
	stream := awskinesis.NewCfnStream(data, jsii.String("Stream"), &awskinesis.CfnStreamProps{ShardCount: jsii.Number(1)})
	cdkencryptionconstructs.NewEncryptionAtRest(key, nil).ApplyTo(stream)

	vpc := awsec2.NewVpc(data, jsii.String("Vpc"), &awsec2.VpcProps{NatGateways: jsii.Number(0), AvailabilityZones: jsii.Strings("us-east-1a", "us-east-1b")})
	subnets := &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}
	cdkencryptionconstructs.NewEncryptedDatabaseInstance(data, jsii.String("Database"), &cdkencryptionconstructs.EncryptedDatabaseInstanceProps{
		Engine:        awsrds.DatabaseInstanceEngine_Postgres(&awsrds.PostgresInstanceEngineProps{Version: awsrds.PostgresEngineVersion_VER_17_9()}),
		EncryptionKey: key,
		Vpc:           vpc,
		VpcSubnets:    subnets,
	})
	certificate := "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"
	cdkencryptionconstructs.NewHttpsLoadBalancer(data, jsii.String("LoadBalancer"), &cdkencryptionconstructs.HttpsLoadBalancerProps{Vpc: vpc, VpcSubnets: subnets}).
		AddHttpsListener(jsii.String("Https"), &cdkencryptionconstructs.HttpsListenerOptions{
			Certificates:  &[]awselasticloadbalancingv2.IListenerCertificate{awselasticloadbalancingv2.ListenerCertificate_FromArn(&certificate)},
			DefaultAction: awselasticloadbalancingv2.ListenerAction_FixedResponse(jsii.Number(200), nil),
		})

	func() {
		defer func() { fmt.Println(strings.Split(fmt.Sprint(recover()), "\n")[0]) }()
		cdkencryptionconstructs.NewEncryptedBucket(data, jsii.String("Weak"), &cdkencryptionconstructs.EncryptedBucketProps{EnforceSSL: jsii.Bool(false)})
	}()
	awscdk.Validations_Of(app).AddPlugins(cdkencryptionconstructs.NewEncryptionChecks(app, nil))
	app.Synth(nil)
}
