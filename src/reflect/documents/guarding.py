"""
What a template does, put so that the sandbox sees it: the only code that knows the tree Jinja makes of a template.
"""

from __future__ import annotations

from jinja2 import TemplateSyntaxError
from jinja2 import nodes as syntax
from jinja2.visitor import NodeTransformer

from reflect.documents.costs import PARTS_A_STEP


def guard(template: syntax.Template, name: str | None) -> syntax.Template:
    """
    Return a template in which all that takes time or memory is a call of the sandbox's own methods: loops, ``a ~ b``,
    ``a["b"]``, comparisons, lists, and the turns of a loop or a macro.

    Args:
        template: What Jinja read.
        name: What the template is called in errors.

    Raises:
        TemplateSyntaxError: It does something that no template of ours may.
    """
    guarded: syntax.Template = _Guard(name).visit(template)
    return guarded


def stray_blocks(templates: list[syntax.Template]) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """
    Return the blocks of a template that replace none: the line and name of each, and the names there are.

    Args:
        templates: The template, and after it what it extends, and what that extends.
    """
    own, *others = templates
    names = {block.name for other in others for block in other.find_all(syntax.Block)}
    blocks = [node for node in own.body if isinstance(node, syntax.Block)] if others else []
    return tuple((block.lineno, block.name, tuple(sorted(names))) for block in blocks if block.name not in names)


def name_of_extended(template: syntax.Template) -> str | None:
    """
    Return the name of the template that a template extends, if it names one.
    """
    node = template.find(syntax.Extends)
    return str(node.template.value) if node and isinstance(node.template, syntax.Const) else None


class _Guard(NodeTransformer):
    def __init__(self, name: str | None) -> None:
        self.name = name

    def visit_For(self, node: syntax.For) -> syntax.Node:
        self.generic_visit(node)
        node.iter = _call_own("count_turns", node.iter)
        _pay_for_body(node)
        return node

    def visit_Template(self, node: syntax.Template) -> syntax.Node:
        return self._guard_body(node)

    def visit_Macro(self, node: syntax.Macro) -> syntax.Node:
        return self._guard_body(node)

    def visit_CallBlock(self, node: syntax.CallBlock) -> syntax.Node:
        return self._guard_body(node)

    def visit_Block(self, node: syntax.Block) -> syntax.Node:
        return self._guard_body(node)

    def _guard_body(self, node: syntax.Template | syntax.Macro | syntax.CallBlock | syntax.Block) -> syntax.Node:
        self.generic_visit(node)
        _pay_for_body(node)
        return node

    def visit_List(self, node: syntax.List) -> syntax.Node:
        self.generic_visit(node)
        return node if _is_small(node.items) else _call_own("make_list", *node.items)

    def visit_Tuple(self, node: syntax.Tuple) -> syntax.Node:
        self.generic_visit(node)
        return node if node.ctx != "load" or _is_small(node.items) else _call_own("make_tuple", *node.items)

    def visit_Dict(self, node: syntax.Dict) -> syntax.Node:
        self.generic_visit(node)
        if not node.items:
            return node
        pairs = [syntax.Tuple([pair.key, pair.value], "load", lineno=pair.lineno) for pair in node.items]
        return _call_own("make_dict", *pairs)

    def visit_Compare(self, node: syntax.Compare) -> syntax.Node:
        self.generic_visit(node)
        others = [part for each in node.ops for part in (syntax.Const(each.op, lineno=node.lineno), each.expr)]
        return _call_own("compare", node.expr, *others)

    def visit_Concat(self, node: syntax.Concat) -> syntax.Node:
        self.generic_visit(node)
        return _call_own("join_texts", *node.nodes)

    def visit_Getitem(self, node: syntax.Getitem) -> syntax.Node:
        self.generic_visit(node)
        if isinstance(node.arg, syntax.Const) and isinstance(node.arg.value, str):
            # A name that is written in the template may be in an error; what is looked up by a value may not.
            return _call_own("get_named", node.node, node.arg)
        if isinstance(node.arg, syntax.Slice):
            ends = (node.arg.start, node.arg.stop, node.arg.step)
            return _call_own("cut", node.node, *(end or syntax.Const(None, lineno=node.lineno) for end in ends))
        return node

    def visit_Include(self, node: syntax.Include) -> syntax.Node:
        return self._refuse_computed_name(node)

    def visit_Extends(self, node: syntax.Extends) -> syntax.Node:
        return self._refuse_computed_name(node)

    def visit_Import(self, node: syntax.Import) -> syntax.Node:
        node.with_context = True  # without it, what is printed would be kept from one paper to the next
        return self._refuse_computed_name(node)

    def visit_FromImport(self, node: syntax.FromImport) -> syntax.Node:
        node.with_context = True
        return self._refuse_computed_name(node)

    def visit_FilterBlock(self, node: syntax.FilterBlock) -> syntax.Node:
        raise TemplateSyntaxError("{% filter %} is not known here; take it out", node.lineno, self.name)

    def visit_ScopedEvalContextModifier(self, node: syntax.ScopedEvalContextModifier) -> syntax.Node:
        raise TemplateSyntaxError("{% autoescape %} is not known here; take it out", node.lineno, self.name)

    def _refuse_computed_name(
        self, node: syntax.Include | syntax.Extends | syntax.Import | syntax.FromImport
    ) -> syntax.Node:
        if isinstance(node.template, syntax.Const) and isinstance(node.template.value, str):
            return node
        raise TemplateSyntaxError("name one template, in quotation marks", node.lineno, self.name)


#: A list or a tuple of so few constants is made when the template is compiled.
_FEW = 8


def _is_small(items: list[syntax.Expr]) -> bool:
    return len(items) <= _FEW and all(isinstance(item, syntax.Const) for item in items)


def _pay_for_body(
    node: syntax.For | syntax.Template | syntax.Macro | syntax.CallBlock | syntax.Block,
) -> None:
    """
    Put a payment for its parts in front of what a loop or a macro goes through, unless it is small.
    """
    if steps := sum(map(_count_parts, node.body)) // PARTS_A_STEP:
        call = _call_own("pay", syntax.Const(steps, lineno=node.lineno))
        node.body.insert(0, syntax.ExprStmt(call, lineno=node.lineno))


def _count_parts(node: syntax.Node) -> int:
    """
    Return how many parts a template's part has. What is in a loop or a macro pays for itself.
    """
    count, waiting = 0, [node]
    while waiting:
        each = waiting.pop()
        count += 1
        if not isinstance(each, (syntax.For, syntax.Macro, syntax.CallBlock, syntax.Block)):
            waiting += each.iter_child_nodes()
    return count


def _call_own(method: str, *arguments: syntax.Node) -> syntax.Call:
    """
    Return a call of one of the sandbox's own methods.
    """
    call = syntax.Call(syntax.EnvironmentAttribute(method), list(arguments), [], None, None)
    call.set_lineno(arguments[0].lineno)
    return call
