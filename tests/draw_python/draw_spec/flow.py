"""Section 6.2: maximum flow (Dinic) and circulations with bounds, in integers."""


class Flow:
    """A network; arc i and arc i ^ 1 are each other's reverse. `room` is what an arc can still take."""

    def __init__(self, nodes):
        self.arcs = [[] for _ in range(nodes)]
        self.head = []
        self.room = []

    def add(self, tail, head, capacity):
        index = len(self.head)
        self.head += [head, tail]
        self.room += [capacity, 0]
        self.arcs[tail].append(index)
        self.arcs[head].append(index + 1)
        return index

    def maximise(self, source, sink):
        total = 0
        while True:
            level = self._levels(source, sink)
            if level[sink] < 0:
                return total
            total += self._block(source, sink, level)

    def _levels(self, source, sink):
        head, room, arcs = self.head, self.room, self.arcs
        level = [-1] * len(arcs)
        level[source] = 0
        queue = [source]
        for node in queue:
            for arc in arcs[node]:
                if room[arc] and level[head[arc]] < 0:
                    level[head[arc]] = level[node] + 1
                    queue.append(head[arc])
            if level[sink] >= 0 and level[node] >= level[sink]:
                break
        return level

    def _block(self, source, sink, level):
        """A blocking flow: depth first along rising levels, `path` being the arcs from the source."""
        head, room, arcs = self.head, self.room, self.arcs
        following = [0] * len(arcs)
        total, path, node = 0, [], source
        while True:
            if node == sink:
                total += self._push(path)
                path = []
                node = source
            arc = self._next_arc(node, level, following)
            if arc is not None:
                path.append(arc)
                node = head[arc]
            elif path:
                node = head[path.pop() ^ 1]
                following[node] += 1
            else:
                return total

    def _next_arc(self, node, level, following):
        out, wanted = self.arcs[node], level[node] + 1
        for i in range(following[node], len(out)):
            if self.room[out[i]] and level[self.head[out[i]]] == wanted:
                following[node] = i
                return out[i]
        following[node] = len(out)
        return None

    def _push(self, path):
        room = self.room
        amount = min(room[arc] for arc in path)
        for arc in path:
            room[arc] -= amount
            room[arc ^ 1] += amount
        return amount

    def reached_from(self, start):
        """Nodes to which the residual network leads from start."""
        return self._search(start, 0)

    def reaching(self, end):
        """Nodes from which the residual network leads to end."""
        return self._search(end, 1)

    def _search(self, start, flip):
        seen, stack = {start}, [start]
        while stack:
            for arc in self.arcs[stack.pop()]:
                if self.room[arc ^ flip] and self.head[arc] not in seen:
                    seen.add(self.head[arc])
                    stack.append(self.head[arc])
        return seen


class Circulation:
    """Arcs (tail, head, lower, upper). `violated` is a most violated set of nodes, or None when a flow exists."""

    def __init__(self, nodes, arcs):
        self.arcs = arcs
        self.flow = Flow(nodes + 2)
        self.index = [self.flow.add(tail, head, upper - lower) for tail, head, lower, upper in arcs]
        source, sink = nodes, nodes + 1
        demand = self._join_bounds(nodes, source, sink)
        met = self.flow.maximise(source, sink)
        self.violated = None if met == demand else self.flow.reached_from(source) - {source}

    def _join_bounds(self, nodes, source, sink):
        excess = [0] * nodes
        for tail, head, lower, _ in self.arcs:
            excess[head] += lower
            excess[tail] -= lower
        for node, amount in enumerate(excess):
            if amount > 0:
                self.flow.add(source, node, amount)
            elif amount < 0:
                self.flow.add(node, sink, -amount)
        return sum(amount for amount in excess if amount > 0)

    def at_lower_bound(self, i):
        return self.flow.room[self.index[i] ^ 1] == 0
