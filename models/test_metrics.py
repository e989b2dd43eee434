"""The formulas of metrics.py against values worked out by hand: python3 -m unittest discover models."""
import unittest

import numpy as np

import metrics


class Metrics(unittest.TestCase):
    def test_f1_of_each_class(self):
        # Class 0: one hit, one missed, none wrong: 2/3. Class 1: one hit, one wrong: 2/3. Class 2 is not there: 0.
        found, truth = np.array([0, 1, 1]), np.array([0, 0, 1])
        np.testing.assert_allclose(metrics.f1_per_class(found, truth, 3), [2 / 3, 2 / 3, 0])

    def test_walks_claimed_counts_confident_wide_curves_only(self):
        share = metrics.walks_claimed(["linear", "linear", "none", "step"], [0.5, 0.49, 0.9, 0.9], [1, 1, 1, 0.4])
        self.assertEqual(share, 0.25)

    def test_calibration_error(self):
        # Two bins: 0.95 and 0.95, one right: |0.95 - 0.5| on half; 0.2 and 0.2, none right: 0.2 on half.
        error = metrics.calibration_error([0.95, 0.95, 0.2, 0.2], np.array([True, False, False, False]))
        self.assertAlmostEqual(error, 0.5 * 0.45 + 0.5 * 0.2)

    def test_certainty_falls_in_the_last_bin(self):
        self.assertEqual(metrics.calibration_error([1.0], np.array([True])), 0)

    def test_margin_is_two_samples_or_two_percent(self):
        self.assertEqual((metrics.margin(50), metrics.margin(1000)), (2, 20))

    def test_boundaries_are_those_of_curves_inside_the_window(self):
        curves = [(0, 30, "linear"), (30, 60, "none"), (60, 100, "step")]
        self.assertEqual(metrics.boundaries(curves, 100), [30, 60])

    def test_boundaries_pair_one_to_one(self):
        self.assertEqual(metrics.matched([10, 11], [12], 2), 1)
        self.assertEqual(metrics.matched([8, 12], [10, 14], 2), 2)
        self.assertEqual(metrics.matched([10], [13], 2), 0)
        self.assertAlmostEqual(metrics.f1(1, 2, 1), 2 / 3)

    def test_covering_is_weighted_by_length(self):
        # 60 samples overlap (0, 50) by 50/60, the best; 40 samples overlap (50, 100) by 40/50.
        found, truth = [(0, 50, "linear"), (50, 100, "none")], [(0, 60, "step"), (60, 100, "none")]
        self.assertAlmostEqual(metrics.covering(found, truth), 0.6 * 50 / 60 + 0.4 * 40 / 50)

    def test_sample_accuracy_counts_none(self):
        self.assertEqual(metrics.sample_accuracy([(0, 40, "linear")], [(0, 50, "linear"), (50, 100, "none")], 100), 0.9)

    def test_curves_match_by_pattern_and_more_than_half_overlap(self):
        truth = [(0, 50, "linear"), (50, 100, "step"), (100, 150, "none")]
        found = [(0, 25, "linear"), (50, 90, "step"), (90, 150, "linear")]
        # (0, 25) overlaps by exactly one half: no match.
        self.assertEqual(metrics.curves_matched(found, truth), (1, 3, 2))

    def test_piecewise_scores_of_a_perfect_answer(self):
        truth = [(0, 50, "linear"), (50, 100, "none")]
        self.assertEqual(set(metrics.piecewise_scores([(truth, truth, 100)]).values()), {1.0})

    def test_tolerances(self):
        self.assertTrue(metrics.within_tolerance({"rate": -2.3}, {"rate": -2.0, "direction": 1}))
        self.assertFalse(metrics.within_tolerance({"rate": -2.31}, {"rate": -2.0}))
        self.assertTrue(metrics.within_tolerance({"at": 41}, {"at": 40}))
        self.assertFalse(metrics.within_tolerance({"vertex": 0.54}, {"vertex": 0.5}))
        self.assertFalse(metrics.within_tolerance({}, {"midpoint": 0.5}))


if __name__ == "__main__":
    unittest.main()
