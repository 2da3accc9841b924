using System.Globalization;
using System.Reflection;
using Granary.Application.Capture.Import;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;
using Granary.Web.Capture;
using Granary.Web.Intake.Import;
using Granary.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Capture;

public sealed class ImportTextTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<ImportText>().AddSingleton<FieldErrorText>().AddSingleton<ImportWords>()
        .BuildServiceProvider();

    private static readonly ImportText Words = Services.GetRequiredService<ImportText>();
    private static readonly ImportWords Imports = Services.GetRequiredService<ImportWords>();

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_code_and_every_field_has_words(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.All(Codes(typeof(FileCodes)), code => Assert.DoesNotContain(code, Imports.Of(new UnusableFileException(code)), StringComparison.Ordinal));
        Assert.All(Codes(typeof(RowCodes)), code => Assert.NotEqual(code, Words.Of(new RowError(2, code))));
        Assert.All(ImportTarget.All, target => Assert.NotEqual(target.Path, Words.Field(target.Path)));
        Assert.All(ImportTarget.All, target => Assert.Equal(Words.Field(target.Path), Imports.Field(target.Path)));
    }

    [Fact]
    public void What_is_wrong_is_said_with_its_facts()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Assert.Equal("没有任何列提供必填字段：渠道, 电话、邮箱、微信之一", Imports.Of([new FieldError("channel", FileCodes.MissingRequiredColumns), new FieldError("anyContact", FileCodes.MissingRequiredColumns)]).Single());
        Assert.Equal("有 201 列，最多 200 列", Imports.Of(new UnusableFileException(FileCodes.TooManyColumns, ("count", "201"), ("limit", "200"))));
        Assert.Equal("备注: 含有控制字符", Words.Of(new RowError(2, RowCodes.ControlCharacter, "备注", "requirement")));
        Assert.Equal("电话: 过长，最多 60 个字符", Words.Of(new RowError(2, "too_long", null, "contact.phones[1]", "60")));
        Assert.Equal("列名重复，已编号：电话", Imports.Of(new FileWarning("duplicate_heading", "电话")));
        Assert.Equal("触点次数 pageVisited", Words.Field("touches.pageVisited"));
    }

    private static IEnumerable<string> Codes(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!);
}
