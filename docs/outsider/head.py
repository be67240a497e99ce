"""A softmax head, its gradients and exact Hessians in all parameters, and its training by Newton's method.

Parameters are one vector: for each label the weights of h, and its bias. x = [h; 1].
"""

import numpy as np


def log_probabilities(x, theta, classes):
    logits = x @ theta.reshape(classes, -1).T
    logits = logits - logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def gradients(x, labels, theta, classes):
    """The gradient of each row's loss −log p[label]: (p − y) ⊗ x, n × parameters."""
    delta = np.exp(log_probabilities(x, theta, classes))
    rows = np.arange(len(labels))
    delta[rows, labels] = 0
    # Of a model that is certain p − 1 would be rounding; the sum of the others is not.
    delta[rows, labels] = -delta.sum(axis=1)
    return (delta[:, :, None] * x[:, None, :]).reshape(len(labels), -1)


def hessian(x, theta, classes, weights):
    """Σ weights_i·H_i with H_i = (diag p − p pᵀ) ⊗ x xᵀ, which does not depend on the label."""
    p = np.exp(log_probabilities(x, theta, classes))
    width = x.shape[1]
    result = np.empty((classes, width, classes, width))
    for a in range(classes):
        for b in range(classes):
            second = p[:, a] * ((a == b) - p[:, b])
            result[a, :, b, :] = x.T @ (x * (weights * second)[:, None])
    return result.reshape(classes * width, -1)


def objective(x, labels, theta, classes, ridge):
    logs = log_probabilities(x, theta, classes)
    return -logs[np.arange(len(labels)), labels].mean() + ridge / 2 * theta @ theta


def train(x, labels, classes, ridge, start):
    """The minimum of mean loss + λ/2·‖θ‖², to the last digits that float64 has."""
    theta, n = start.copy(), len(labels)
    even = np.full(n, 1 / n)
    for _ in range(100):
        slope = gradients(x, labels, theta, classes).mean(axis=0) + ridge * theta
        curvature = hessian(x, theta, classes, even) + ridge * np.eye(len(theta))
        step = np.linalg.solve(curvature, slope)
        decrement = slope @ step
        if decrement < 1e-24:
            break
        here, size = objective(x, labels, theta, classes, ridge), 1.0
        while size > 1e-6 and objective(x, labels, theta - size * step, classes, ridge) > here:
            size /= 2
        theta = theta - size * step
    return theta
