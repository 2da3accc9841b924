using System.Reflection;
using System.Reflection.Emit;

namespace Granary.Web.Tests.Architecture;

/// <summary>What compiled code refers to: signatures, attributes and the instructions of every method.</summary>
internal static class References
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    /// <summary>Types and members that a type names; generic arguments and element types are listed by themselves.</summary>
    public static IEnumerable<MemberInfo> Of(Type type) =>
        Named(type).SelectMany(m => m is Type t ? Parts(t) : Parts(m.DeclaringType).Append(m)).Distinct();

    /// <summary>The type that stands in the source around a nested or compiler-made one.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<MemberInfo> Named(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Array.Empty<MemberInfo>(),
        .. type.GetInterfaces(),
        .. Attributes(type),
        .. type.GetFields(Declared).Select(f => f.FieldType),
        .. type.GetProperties(Declared).SelectMany(Attributes),
        .. type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(OfMethod),
    ];

    private static IEnumerable<MemberInfo> OfMethod(MethodBase method) =>
    [
        .. Attributes(method),
        .. method.GetParameters().Select(p => p.ParameterType),
        .. method is MethodInfo { ReturnType: var result } ? [result] : Array.Empty<MemberInfo>(),
        .. method.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [],
        .. method.GetMethodBody()?.GetILAsByteArray() is { } code ? Tokens(method, code) : [],
    ];

    private static IEnumerable<MemberInfo> Attributes(MemberInfo member) =>
        member.GetCustomAttributesData().SelectMany(a => a.ConstructorArguments
            .Select(c => c.Value).OfType<Type>()
            .Prepend(a.AttributeType));

    private static IEnumerable<MemberInfo> Tokens(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = unchecked((short)(0xFE00 | code[at++]));
            }

            var kind = Codes[value].OperandType;
            if (kind is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
                yield return member;
                foreach (var argument in member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : [])
                {
                    yield return argument;
                }
            }

            at += Size(kind, code, at);
        }
    }

    private static int Size(OperandType kind, byte[] code, int at) => kind switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    private static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return [];
        }

        if (type.HasElementType)
        {
            return Parts(type.GetElementType());
        }

        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
