// reach says which connections network policies let through: the evaluator of sigs.k8s.io/kube-network-policies, asked
// without a cluster. It reads one JSON object from standard input and prints an array with one true or false a question.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// situation is what there is in the cluster, and who wants to connect to whom.
type situation struct {
	Namespaces []corev1.Namespace           `json:"namespaces"`
	Pods       []corev1.Pod                 `json:"pods"`
	Policies   []networkingv1.NetworkPolicy `json:"policies"`
	Questions  []question                   `json:"questions"`
}

// question is a TCP connection between two addresses. One that no pod has is outside of the cluster.
type question struct {
	From string `json:"from"`
	To   string `json:"to"`
	Port int    `json:"port"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintf(os.Stderr, "reach: %v\n", err)
		os.Exit(1)
	}
}

func run() error {
	var asked situation
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&asked); err != nil {
		return fmt.Errorf("standard input is not a situation: %w", err)
	}
	fillDefaults(asked.Policies)
	evaluate, err := evaluatorOf(asked)
	if err != nil {
		return err
	}
	answers := make([]bool, 0, len(asked.Questions))
	for _, one := range asked.Questions {
		from, to := net.ParseIP(one.From), net.ParseIP(one.To)
		if from == nil || to == nil {
			return fmt.Errorf("%q and %q must be addresses", one.From, one.To)
		}
		answers = append(answers, evaluate(from, to, one.Port))
	}
	return json.NewEncoder(os.Stdout).Encode(answers)
}

// fillDefaults adds what an API server adds to a policy before anybody sees it.
func fillDefaults(policies []networkingv1.NetworkPolicy) {
	tcp := corev1.ProtocolTCP
	for _, policy := range policies {
		for _, rule := range policy.Spec.Ingress {
			for index := range rule.Ports {
				if rule.Ports[index].Protocol == nil {
					rule.Ports[index].Protocol = &tcp
				}
			}
		}
	}
}
