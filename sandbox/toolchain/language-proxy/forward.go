package main

import (
	"context"
	"errors"
	"io"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// answered are the methods of LanguageRuntime this program handles; all others go to the base host.
var answered = map[string]bool{"Run": true, "RunPlugin": true, "InstallDependencies": true, "Cancel": true}

// registerAnswered registers a LanguageRuntime that has the answered methods only: gRPC hands the methods a service
// does not list to the handler for unknown ones.
func registerAnswered(server *grpc.Server, host pulumirpc.LanguageRuntimeServer) {
	description := pulumirpc.LanguageRuntime_ServiceDesc
	all := description
	description.Methods, description.Streams = nil, nil
	for _, method := range all.Methods {
		if answered[method.MethodName] {
			description.Methods = append(description.Methods, method)
		}
	}
	for _, stream := range all.Streams {
		if answered[stream.StreamName] {
			description.Streams = append(description.Streams, stream)
		}
	}
	server.RegisterService(&description, host)
}

// forwardUnanswered makes a server pass unknown methods on to target, messages untouched.
func forwardUnanswered(target *grpc.ClientConn) []grpc.ServerOption {
	handler := func(_ any, server grpc.ServerStream) error { return forward(target, server) }
	return []grpc.ServerOption{grpc.UnknownServiceHandler(handler), grpc.ForceServerCodecV2(frameCodec{})}
}

func forward(target *grpc.ClientConn, server grpc.ServerStream) error {
	method, ok := grpc.MethodFromServerStream(server)
	if !ok {
		return status.Error(codes.Internal, "request without a method name")
	}
	ctx, cancel := context.WithCancel(server.Context())
	defer cancel()
	if incoming, ok := metadata.FromIncomingContext(ctx); ok {
		ctx = metadata.NewOutgoingContext(ctx, incoming.Copy())
	}
	client, err := target.NewStream(ctx, &grpc.StreamDesc{ServerStreams: true, ClientStreams: true}, method,
		grpc.ForceCodecV2(frameCodec{}))
	if err != nil {
		return err
	}
	go func() {
		// A request that breaks off must not leave the base host waiting for the rest of it.
		if err := pump(server.RecvMsg, client.SendMsg); err != nil {
			cancel()
		}
		_ = client.CloseSend()
	}()
	if header, err := client.Header(); err == nil {
		if err := server.SetHeader(header); err != nil {
			return err
		}
	}
	err = pump(client.RecvMsg, server.SendMsg)
	server.SetTrailer(client.Trailer())
	return err
}

// pump moves messages until the source ends.
func pump(receive, send func(any) error) error {
	for {
		message := &frame{}
		if err := receive(message); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if err := send(message); err != nil {
			return err
		}
	}
}

// frame is a message as it came over the wire.
type frame struct{ bytes []byte }

// frameCodec leaves frames alone and treats all else as the Protocol Buffers codec does.
type frameCodec struct{}

func (frameCodec) Name() string { return proto.Name }

func (frameCodec) Marshal(value any) (mem.BufferSlice, error) {
	if message, ok := value.(*frame); ok {
		return mem.BufferSlice{mem.SliceBuffer(message.bytes)}, nil
	}
	return encoding.GetCodecV2(proto.Name).Marshal(value)
}

func (frameCodec) Unmarshal(data mem.BufferSlice, value any) error {
	if message, ok := value.(*frame); ok {
		message.bytes = data.Materialize()
		return nil
	}
	return encoding.GetCodecV2(proto.Name).Unmarshal(data, value)
}
