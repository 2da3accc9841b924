using System.Globalization;
using System.Reflection;
using Granary.Application.Capture.Import;
using Granary.Domain.Capture.Mapping;
using Granary.Web.Capture;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Capture;

public sealed class ImportTextTests
{
    private static readonly ImportText Words = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<ImportText>()
        .BuildServiceProvider().GetRequiredService<ImportText>();

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_code_and_every_field_has_words(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.All(Codes(typeof(FileCodes)), code => Assert.NotEqual(code, Words.Of(new UnusableFileException(code))));
        Assert.All(Codes(typeof(RowCodes)), code => Assert.NotEqual(code, Words.Of(new RowError(2, code))));
        Assert.All(ImportTarget.All, target => Assert.NotEqual(target.Path, Words.Field(target.Path)));
    }

    [Fact]
    public void What_is_wrong_is_said_with_its_facts()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Assert.Equal("缺少必需的列：渠道, 电话、邮箱、微信之一", Words.Of(UnusableFileException.MissingColumns(["channel", "anyContact"])));
        Assert.Equal("有 201 列，最多 200 列", Words.Of(new UnusableFileException(FileCodes.TooManyColumns, ("count", "201"), ("limit", "200"))));
        Assert.Equal("备注: 含有控制字符", Words.Of(new RowError(2, RowCodes.ControlCharacter, "备注", "requirement")));
        Assert.Equal("电话: 过长，最多 60 个字符", Words.Of(new RowError(2, "too_long", null, "contact.phones[1]", "60")));
        Assert.Equal("列标题“电话”重复，已编号区分", Words.Of(new FileWarning("duplicate_heading", "电话")));
        Assert.Equal("触点次数 pageVisited", Words.Field("touches.pageVisited"));
    }

    private static IEnumerable<string> Codes(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!);
}
