using System.Linq.Expressions;

namespace Granary.Application.Storage;

/// <summary>Conditions made of others, still as expressions that a database understands.</summary>
internal static class Composed
{
    /// <summary>Whether one of several holds; none of none.</summary>
    public static Expression<Func<T, bool>> Any<T>(IEnumerable<Expression<Func<T, bool>>> tests) =>
        tests.Aggregate((Expression<Func<T, bool>>?)null, (any, test) => any is null ? test : Joined(any, test, Expression.OrElse)) ?? (static _ => false);

    /// <summary>Whether both hold; the first alone where there is no second.</summary>
    public static Expression<Func<T, bool>> And<T>(this Expression<Func<T, bool>> test, Expression<Func<T, bool>>? other) =>
        other is null ? test : Joined(test, other, Expression.AndAlso);

    /// <summary>A condition about a record and something computed from it, as one about the record.</summary>
    public static Expression<Func<T, bool>> Of<T, TValue>(this Expression<Func<T, TValue, bool>> test, Expression<Func<T, TValue>> value)
    {
        var record = value.Parameters[0];
        var body = new Put(test.Parameters[0], record).Visit(test.Body);
        return Expression.Lambda<Func<T, bool>>(new Put(test.Parameters[1], value.Body).Visit(body), record);
    }

    /// <summary>A value where a condition holds, else another.</summary>
    public static Expression<Func<T, TValue>> Where<T, TValue>(this Expression<Func<T, TValue>> value, Expression<Func<T, bool>> test, TValue otherwise)
    {
        var record = value.Parameters[0];
        return Expression.Lambda<Func<T, TValue>>(Expression.Condition(new Put(test.Parameters[0], record).Visit(test.Body), value.Body, Expression.Constant(otherwise)), record);
    }

    private static Expression<Func<T, bool>> Joined<T>(Expression<Func<T, bool>> one, Expression<Func<T, bool>> other, Func<Expression, Expression, Expression> how) =>
        Expression.Lambda<Func<T, bool>>(how(one.Body, new Put(other.Parameters[0], one.Parameters[0]).Visit(other.Body)), one.Parameters[0]);

    private sealed class Put(Expression place, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == place ? value : base.VisitParameter(node);
    }
}
