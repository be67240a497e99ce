"""Φ from the model and the sketch, by dense algebra in all parameters: no step is the product's own way to it."""

import numpy as np

from head import gradients, hessian, log_probabilities

#: Largest size of an integer of Φ.
PHI_MAX = 127


def round_half_up(x):
    return np.floor(x + 0.5)


class Influence:
    """Everything about the rows that Φ is made from, and Φ in real numbers.

    J is the linear map from a gradient in all parameters to the sketch's K columns, `mix` the one from there to k.
    """

    def __init__(self, x, labels, owners, positions, theta, classes, ridge, J, mix, second_order, objective, share):
        self.x, self.owners, self.positions, self.theta, self.classes = x, owners, positions, theta, classes
        self.ridge, self.J, self.mix, self.second_order = ridge, J, mix, second_order
        n = len(labels)
        g = gradients(x, labels, theta, classes)
        self.mean = g.mean(axis=0)
        #: g_i − ḡ, the gradient of the row's share of the whole objective; g_i alone for an index of the loss.
        self.rows = g - self.mean if objective else g
        self.H = hessian(x, theta, classes, np.full(n, 1 / n))
        counts = np.bincount(owners, minlength=positions)
        #: The denominators N − n_c, which the second order has in its curvature.
        self.factor = n / (n - counts)[owners] if objective and not second_order else np.ones(n)
        K = len(J)
        self.HK = J @ self.H @ J.T
        #: The last weights with their steps.
        self.known = None
        self.M = np.linalg.inv(self.HK + ridge * np.eye(K))
        self._directions(share)

    def removed(self, c, weights):
        """B_c = 1/N·Σ w_i (H_i + λI) over the rows of position c, without λ; and the factor of λI."""
        own = self.owners == c
        parts = weights[own] / len(self.owners)
        return hessian(self.x[own], self.theta, self.classes, parts), parts.sum()

    def steps(self, weights):
        """x_c = (H + λI − B_c)⁻¹·Σ w_i (g_i − ḡ) in the sketch's columns, and B_c·x_c; of the first order M·Σ w_i (g_i − ḡ), 0."""
        if self.known is not None and np.array_equal(self.known[0], weights):
            return self.known[1]
        K = len(self.J)
        sums = np.zeros((self.positions, K))
        np.add.at(sums, self.owners, (weights * self.factor)[:, None] * (self.rows @ self.J.T))
        x, less = sums @ self.M, np.zeros_like(sums)
        for c in range(self.positions) if self.second_order else ():
            B, part = self.removed(c, weights)
            B = self.J @ B @ self.J.T + part * self.ridge * np.eye(K)
            x[c] = np.linalg.solve(self.HK + self.ridge * np.eye(K) - B, sums[c])
            less[c] = B @ x[c]
        self.known = weights, (x, sums + less)
        return self.known[1]

    def _directions(self, share):
        """The map from a row's columns to φ: of all linear maps of g the one that predicts g_qᵀ·M·g best from z = mix·g_q."""
        ones = np.ones(len(self.owners))
        rows = self.rows @ self.J.T
        paid = self.steps(ones)[1]
        moment = sum(
            part * m / np.trace(self.M @ m)
            for part, m in ((1 - share, rows.T @ rows), (share, paid.T @ paid))
            if part > 0
        )
        values, vectors = np.linalg.eigh(moment)
        # Any root R with R·Rᵀ = moment does: only lengths of Rᵀ·M·g and angles between them count.
        root = vectors * np.sqrt(np.maximum(values, 0))
        logs = log_probabilities(self.x, self.theta, self.classes)
        g = gradients(self.x, logs.argmax(axis=1), self.theta, self.classes) @ self.J.T
        y = g @ self.M @ root
        sizes = np.linalg.norm(y, axis=1, keepdims=True)
        g, y = g / np.where(sizes > 0, sizes, np.inf), y / np.where(sizes > 0, sizes, np.inf)
        z = g @ self.mix.T
        self.map = np.linalg.solve(z.T @ z, z.T @ g @ self.M)
        spectrum = np.linalg.eigvalsh(y.T @ y)[::-1]
        #: Share of the requests' relative variance that the best k directions keep, and that those of the file keep.
        self.best_kept = spectrum[: len(self.mix)].sum() / spectrum.sum()
        basis = np.linalg.qr(np.linalg.lstsq(y, z, rcond=None)[0])[0]
        self.kept = np.trace(basis.T @ y.T @ y @ basis) / spectrum.sum()

    def sums(self, weights):
        """Σ w_i·φ_i of each position, positions × k', in real numbers."""
        return self.steps(weights)[1] @ self.map.T

    def row_influence(self, weights):
        """w_i·φ_i of each row: (g_i − ḡ) and 1/N·(H_i + λI)·x_c of its position's step."""
        n = len(self.owners)
        columns = (self.rows * self.factor[:, None]) @ self.J.T
        if self.second_order:
            own = self.steps(weights)[0][self.owners]
            full = (own @ self.J).reshape(n, self.classes, -1)
            p = np.exp(log_probabilities(self.x, self.theta, self.classes))
            t = np.einsum("iad,id->ia", full, self.x)
            t = p * (t - (p * t).sum(axis=1, keepdims=True))
            change = (t[:, :, None] * self.x[:, None, :]).reshape(n, -1) @ self.J.T
            columns = columns + (change + self.ridge * own) / n
        return weights[:, None] * (columns @ self.map.T)

    def weights_of(self, stored, scale):
        """w_i as the index's rows imply them: how long w_i·φ_i is against φ_i of weight 1."""
        weights = np.ones(len(self.owners))
        for _ in range(4):
            plain = scale * self.row_influence(weights) / weights[:, None]
            size = (plain**2).sum(axis=1)
            found = (stored * plain).sum(axis=1) / np.where(size > 0, size, 1)
            before = weights
            # The first of a cluster has all of its reward, or all have 1/size each.
            found = np.where(size > 0, np.clip(found, 1e-6, 1), 1)
            weights = np.where(found < 1e-3, 1e-9, 1 / np.maximum(1, np.round(1 / found)))
            if np.array_equal(before, weights):
                break
        return weights

    def exact_scores(self, asked, weights):
        """g_qᵀ·(H + λI − B_c)⁻¹·Σ w_i (g_i − ḡ) in all parameters, without any sketch: requests × positions."""
        eye = np.eye(len(self.theta))
        result = np.zeros((len(asked), self.positions))
        for c in range(self.positions):
            own = self.owners == c
            total = ((weights * self.factor)[own, None] * self.rows[own]).sum(axis=0)
            curvature = self.H + self.ridge * eye
            if self.second_order:
                B, part = self.removed(c, weights)
                curvature = curvature - B - part * self.ridge * eye
            result[:, c] = asked @ np.linalg.solve(curvature, total)
        return result


def integers_of(sums, percentile):
    """round(Φ·scale), cut off at ±127; the scale takes the percentile of the sizes, of positions with data, to 127."""
    sizes = np.sort(np.abs(sums[(sums != 0).any(axis=1)]).ravel())
    if len(sizes) == 0:
        return 0.0, np.zeros_like(sums)
    limit = sizes[max(0, int(np.ceil(percentile / 100 * len(sizes))) - 1)]
    scale = PHI_MAX / limit
    return scale, np.clip(sums * scale, -PHI_MAX, PHI_MAX)
