package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// RunPlugin runs a plugin or policy pack written for Node.js and sends its output and exit code as they come.
func (host *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, server pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	ctx, release := context.WithCancel(server.Context())
	defer release()
	defer context.AfterFunc(host.life, release)()

	var sending sync.Mutex
	stdout := sender(&sending, server, func(bytes []byte) *pulumirpc.RunPluginResponse {
		return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: bytes}}
	})
	stderr := sender(&sending, server, func(bytes []byte) *pulumirpc.RunPluginResponse {
		return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: bytes}}
	})

	command, err := pluginCommand(ctx, request)
	if err != nil {
		return status.Error(codes.FailedPrecondition, err.Error())
	}
	command.Stderr = stderr
	if isPolicyPack(request) {
		err = runPolicyPack(ctx, command, stdout)
	} else {
		command.Stdout = stdout
		err = command.Run()
	}

	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return status.Errorf(codes.Unknown, "the plugin in %s could not be run: %v", command.Dir, err)
	}
	code := 0
	if exit != nil {
		code = exit.ExitCode()
	}
	sending.Lock()
	defer sending.Unlock()
	return server.Send(&pulumirpc.RunPluginResponse{
		Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(code)}, //nolint:gosec // an exit code is a byte
	})
}

func isPolicyPack(request *pulumirpc.RunPluginRequest) bool {
	return request.GetKind() == string(apitype.AnalyzerPlugin)
}

func pluginCommand(ctx context.Context, request *pulumirpc.RunPluginRequest) (*exec.Cmd, error) {
	folder := request.GetInfo().GetProgramDirectory()
	options, err := parseOptions(request.GetInfo())
	if err != nil {
		return nil, err
	}
	node, err := findNode(ctx)
	if err != nil {
		return nil, err
	}
	module, arguments, directory := "run-plugin", append([]string{folder}, request.GetArgs()...), request.GetPwd()
	if isPolicyPack(request) {
		// Its launcher takes the engine's address first and expects to stand in the pack's folder.
		module, arguments, directory = "run-policy-pack", append(request.GetArgs(), folder), folder
	}
	path, err := locateModule(folder, "@pulumi/pulumi/cmd/"+module)
	if err != nil {
		return nil, err
	}
	command := nodeCommand(ctx, node, append(append(options.nodeArgs, path), arguments...))
	command.Dir = directory
	command.Env = append(request.GetEnv(), options.environment()...)
	return command, nil
}

// runPolicyPack starts the pack after the engine has told which stack it will look at: packs read stack, project and
// configuration from the environment, and the engine sends them only to a plugin that runs already.
func runPolicyPack(ctx context.Context, command *exec.Cmd, stdout io.Writer) error {
	proxy, packStdout, err := sdk.NewPolicyProxy(ctx, stdout)
	if err != nil {
		return fmt.Errorf("cannot serve the engine's policy requests: %w", err)
	}
	command.Stdout = packStdout
	stack, err := proxy.AwaitConfiguration(ctx)
	if err != nil {
		return fmt.Errorf("no stack configuration came from the engine: %w", err)
	}
	if stack != nil {
		environment, err := policyEnvironment(stack)
		if err != nil {
			return err
		}
		command.Env = append(command.Env, environment...)
	}
	if err := command.Start(); err != nil {
		return err
	}
	return proxy.Attach(ctx, command)
}

func policyEnvironment(stack *pulumirpc.AnalyzerStackConfigureRequest) ([]string, error) {
	environment := []string{
		"PULUMI_NODEJS_ORGANIZATION=" + stack.GetOrganization(),
		"PULUMI_NODEJS_PROJECT=" + stack.GetProject(),
		"PULUMI_NODEJS_STACK=" + stack.GetStack(),
		"PULUMI_NODEJS_DRY_RUN=" + strconv.FormatBool(stack.GetDryRun()),
	}
	if stack.GetConfig() == nil {
		return environment, nil
	}
	config, err := json.Marshal(stack.GetConfig())
	if err != nil {
		return nil, fmt.Errorf("cannot write the stack configuration as JSON: %w", err)
	}
	return append(environment, "PULUMI_CONFIG="+string(config)), nil
}

type writerFunc func([]byte) (int, error)

func (write writerFunc) Write(bytes []byte) (int, error) { return write(bytes) }

// sender is a writer whose every write becomes a message. A stream takes one message at a time, hence the lock; the
// bytes are copied because the writer's caller uses its buffer again.
func sender(
	sending *sync.Mutex,
	server pulumirpc.LanguageRuntime_RunPluginServer,
	message func([]byte) *pulumirpc.RunPluginResponse,
) io.Writer {
	return writerFunc(func(bytes []byte) (int, error) {
		sending.Lock()
		defer sending.Unlock()
		if err := server.Send(message(append([]byte(nil), bytes...))); err != nil {
			return 0, err
		}
		return len(bytes), nil
	})
}
