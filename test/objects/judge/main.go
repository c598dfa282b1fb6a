// Judges objects as the API server of Kubernetes would, without a cluster: it reads YAML documents and prints a line for each
// complaint, "KIND NAME: complaint". Kinds that Kubernetes itself does not have are passed over.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	applyconfigurations "k8s.io/client-go/applyconfigurations"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	sigsyaml "sigs.k8s.io/yaml"
)

func main() {
	if err := judgeAll(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judgeAll(input io.Reader) error {
	documents := yaml.NewYAMLReader(bufio.NewReader(input))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := judge(document); err != nil {
			return err
		}
	}
}

func judge(document []byte) error {
	object := &unstructured.Unstructured{}
	if err := sigsyaml.Unmarshal(document, &object.Object); err != nil {
		return err
	}
	if len(object.Object) == 0 {
		return nil
	}
	complain := func(complaint error) {
		fmt.Printf("%s %s: %v\n", object.GetKind(), object.GetName(), complaint)
	}
	strict := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDecoder()
	decoded, _, err := strict.Decode(document, nil, nil)
	if runtime.IsNotRegisteredError(err) {
		return nil
	}
	if err != nil {
		complain(err)
	}
	if _, err := applyconfigurations.NewTypeConverter(scheme.Scheme).ObjectToTyped(object); err != nil {
		complain(err)
	}
	if err == nil {
		for _, fault := range faults(decoded) {
			complain(fault)
		}
	}
	return nil
}
