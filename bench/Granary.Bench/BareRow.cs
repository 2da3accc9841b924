namespace Granary.Bench;

/// <summary>A lead row without the product.</summary>
internal static class BareRow
{
    /// <summary>A typical row in the order of the columns.</summary>
    public static object?[] Of(string[] columns)
    {
        var now = TimeProvider.System.GetUtcNow();
        var n = Random.Shared.Next();
        return [.. columns.Select(column => column switch
        {
            "id" or "owner_id" or "channel_id" => (object)Guid.CreateVersion7(now),
            "received_at" or "recorded_at" or "changed_at" or "placed_at" => now,
            "company_name" => $"北京启明{n}科技有限公司",
            "company_key" => $"启明{n}\u0001北京启明{n}科技有限公司",
            "company_tail" => "启明",
            "contact_name" => "王晓明",
            "industry" => "软件",
            "region" => "北京",
            "title" => "采购经理",
            "requirement" => "采购 CRM，预算 50 万，三个月内上线，需要与 ERP 对接",
            "products" => "[\"CRM\"]",
            "tags" => "[]",
            "utm" => "{\"source\":\"baidu\",\"medium\":\"cpc\"}",
            "cell" => "B4",
            "budget_min" or "budget_max" => 50_000_000L,
            "version" or "status" or "label" or "findings" or "score" or "behaviour_score" or "attribute_score" or "priority" or "stage" => 1,
            "size" or "role" or "budget_match" or "headcount" => 2,
            "privacy" or "qualification" => 0,
            "mature" or "promoted" => false,
            _ => null,
        })];
    }
}
