package main

import (
	"context"
	"errors"
	"net"
	_ "unsafe" // for go:linkname

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

// packet has the fields of the module's own type of that name.
type packet struct {
	id      uint32
	family  corev1.IPFamily
	srcIP   net.IP
	dstIP   net.IP
	proto   corev1.Protocol
	srcPort int
	dstPort int
	payload []byte
}

// The module asks this of each packet that the kernel queues for it. It does not export it, and a kernel without such a
// queue is no reason to go without the answer. The version is pinned; what a change of it breaks, the test's control rows show.
//
//go:linkname evaluatePacket sigs.k8s.io/kube-network-policies/pkg/networkpolicy.(*Controller).evaluatePacket
func evaluatePacket(c *networkpolicy.Controller, ctx context.Context, p packet) bool

// evaluatorOf puts the objects where the controller looks for what the API server told it.
func evaluatorOf(asked situation) (func(from, to net.IP, port int) bool, error) {
	ctx := context.Background()
	// A client that is never used: there is no API server.
	client := kubernetes.New(nil)
	factory := informers.NewSharedInformerFactory(client, 0)
	policies, namespaces, pods := factory.Networking().V1().NetworkPolicies(), factory.Core().V1().Namespaces(), factory.Core().V1().Pods()
	controller, err := networkpolicy.NewController(client, policies, namespaces, pods, nil, nil, nil, nil, networkpolicy.Config{NodeName: "node"})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(
		fill(namespaces.Informer(), asked.Namespaces),
		fill(pods.Informer(), asked.Pods),
		fill(policies.Informer(), asked.Policies),
	); err != nil {
		return nil, err
	}
	return func(from, to net.IP, port int) bool {
		return evaluatePacket(controller, ctx, packet{
			family: corev1.IPv4Protocol, srcIP: from, dstIP: to, proto: corev1.ProtocolTCP, srcPort: 40000, dstPort: port,
		})
	}, nil
}

func fill[Object any](informer cache.SharedIndexInformer, objects []Object) error {
	for index := range objects {
		if err := informer.GetIndexer().Add(&objects[index]); err != nil {
			return err
		}
	}
	return nil
}
