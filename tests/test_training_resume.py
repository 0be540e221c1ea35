"""A run that was broken off goes on where it was: no batch of a pass twice, none left out."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch", reason="needs the training extra")

from analysis.training.passages import train as loop  # noqa: E402  needs torch


class Net(torch.nn.Module):
    """An encoder and a head of one number each."""

    def __init__(self) -> None:
        super().__init__()
        self.bert, self.head = torch.nn.Linear(1, 1), torch.nn.Linear(1, 1)

    def forward(self, x):
        """The states of a batch."""
        return [self.head(self.bert(x))]


@pytest.mark.parametrize("falls", [True, False])
def test_a_run_that_was_broken_off_sees_every_batch_once(tmp_path, monkeypatch, falls):
    """Ten batches a pass, broken off after three, then after eight more."""
    seen: list[int] = []
    breaks = [3, 11]

    def losses(_net, state, sample, *_rest):
        if breaks and len(seen) == breaks[0]:
            breaks.pop(0)
            raise KeyboardInterrupt
        seen.append(sample.number)
        return {"sign": state.sum(), "n_sign": 1.0}

    monkeypatch.setattr(loop, "SAVE_SECONDS", -1)
    monkeypatch.setattr(loop, "Rounding", lambda _net: SimpleNamespace(apply=lambda: None, undo=lambda: None))
    monkeypatch.setattr(loop, "make_batches", lambda samples, _generator: [[one] for one in samples])
    monkeypatch.setattr(loop, "make_batch", lambda *_: (torch.ones(1, 1),))
    monkeypatch.setattr(loop, "losses_of", losses)
    settings = {"n_steps": 15, "rate": 0.01, "out": tmp_path / "net.pt", "seed": 1, "falls": falls}
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            loop.train(
                Net(), lambda number, _: [SimpleNamespace(number=100 * number + k) for k in range(10)], **settings
            )
    loop.train(Net(), lambda number, _: [SimpleNamespace(number=100 * number + k) for k in range(10)], **settings)
    assert seen == [*range(10), *range(100, 105)]
    assert (tmp_path / "net.pt").exists()
    assert not (tmp_path / "net.checkpoint.pt").exists()
