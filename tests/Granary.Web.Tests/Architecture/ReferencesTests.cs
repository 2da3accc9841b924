using System.Reflection;
using System.Text;

namespace Granary.Web.Tests.Architecture;

/// <summary>The other tests stand on this: a reference that is not seen would let everything pass.</summary>
public sealed class ReferencesTests
{
    [Theory]
    [InlineData(typeof(StringBuilder), "in a body")]
    [InlineData(typeof(Uri), "as a generic argument")]
    [InlineData(typeof(Version), "as the element of an array in a signature")]
    [InlineData(typeof(TimeZoneInfo), "in a lambda of an iterator")]
    [InlineData(typeof(ObsoleteAttribute), "as an attribute")]
    [InlineData(typeof(MarshalByRefObject), "as a base")]
    public void A_type_is_seen(Type used, string where) => Assert.True(Seen().Contains(used), where);

    [Fact]
    public void A_called_member_is_seen() =>
        Assert.Contains(typeof(TimeZoneInfo).GetProperty(nameof(TimeZoneInfo.Utc))!.GetMethod!, Seen());

    private static HashSet<MemberInfo> Seen() =>
        [.. typeof(Sample).GetNestedTypes(BindingFlags.NonPublic).Append(typeof(Sample)).SelectMany(References.Of)];

    private sealed class Sample : MarshalByRefObject
    {
        [Obsolete("for the test")]
        public static Version[] Versions => [];

        public static string Body(int n) => n switch
        {
            0 => "none",
            1 => "one",
            2 => "two",
            3 => "three",
            _ => new StringBuilder().Append(n).ToString(),
        };

        public static int Generic() => new List<Uri>().Count;

        public static IEnumerable<Func<string>> Lambda()
        {
            yield return () => TimeZoneInfo.Utc.Id;
        }
    }
}
