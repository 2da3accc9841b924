using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>The people of the demo: departments by region, twenty who get leads, and one for each other role.</summary>
internal static class DemoStaff
{
    private sealed record Area(string Name, string[] Regions, string[] People);

    private static readonly Area[] Areas =
    [
        new("华东区", ["上海", "江苏", "浙江", "安徽"], ["王梓涵", "林晓彤", "吴佳怡", "周子昂", "郑浩然"]),
        new("华南区", ["广东", "广西", "福建", "海南"], ["刘雨桐", "陈思远", "黄俊杰", "何雅婷", "罗文博"]),
        new("华北区", ["北京", "天津", "河北", "山东", "辽宁"], ["赵明轩", "孙若曦", "马天宇", "胡静怡"]),
    ];

    private static readonly string[] Cleaners = ["徐佳宁", "高子墨", "郭欣妍", "唐一凡", "韩雪", "冯俊熙"];

    private static readonly (string Role, string Name, string Email)[] Others =
    [
        (BuiltInRoles.Administrator, "系统管理员", "admin"), (BuiltInRoles.LeadAdministrator, "何静", "leads"), (BuiltInRoles.SalesDirector, "梁建国", "director"),
        ("sales_supervisor", "沈岚", "supervisor"), ("marketing_manager", "许诺", "marketing"), ("operations", "苏敏", "operations"), ("review_committee", "周正", "committee"), ("review_committee", "蒋悦", "committee2"),
    ];

    /// <summary>Makes departments and people; returns one sign-in for each role.</summary>
    public static async Task<IReadOnlyList<DemoPerson>> Hire(SettingCache settings, TimeProvider time, string password, CancellationToken ct)
    {
        List<DemoPerson> signIns = [];
        await settings.Change(
            async scope =>
            {
                signIns.Clear();
                var organisation = await scope.Db.Set<Organisation>().SingleAsync(ct);
                (organisation.Name, organisation.Demo) = ("归仓演示公司", true);
                var top = Department(scope, time, "总部", null);
                var sales = Department(scope, time, "销售中心", top);
                var hash = Accounts.Hash(new User { Name = "" }, password);

                var number = 0;
                var regions = Areas.Select(area => Department(scope, time, area.Name, sales)).ToArray();
                foreach (var (area, department) in Areas.Zip(regions))
                {
                    for (var i = 0; i < area.People.Length; i++)
                    {
                        var profile = new AssignmentProfile
                        {
                            Regions = area.Regions,
                            Seniority = i < 2 ? Seniority.Senior : Seniority.Regular,
                            Weight = i < 2 ? 3 : 2,
                            DailyIntakeCap = 12,
                            HoldingCap = 260,
                            Sizes = i == area.People.Length - 1 ? [CompanySize.Small, CompanySize.Medium] : [],
                            Hours = i == 2 ? Late() : [],
                        };
                        await Add(scope, time, signIns, area.People[i], $"sales{++number}", BuiltInRoles.SalesRepresentative, department, profile, hash, ct);
                    }
                }

                var cleaning = Department(scope, time, "SDR 组", sales);
                for (var i = 0; i < Cleaners.Length; i++)
                {
                    await Add(scope, time, signIns, Cleaners[i], $"sdr{i + 1}", BuiltInRoles.Sdr, cleaning, new AssignmentProfile { DailyIntakeCap = 30, HoldingCap = 400 }, hash, ct);
                }

                var office = Department(scope, time, "市场与运营部", top);
                foreach (var (role, name, email) in Others)
                {
                    var place = role switch { BuiltInRoles.SalesDirector => sales, "sales_supervisor" => regions[0], _ => office };
                    await Add(scope, time, signIns, name, email, role, place, new AssignmentProfile(), hash, ct);
                }
            },
            ct);
        return signIns;
    }

    private static async Task Add(
        WriteScope scope, TimeProvider time, List<DemoPerson> signIns, string name, string email, string role, Guid department, AssignmentProfile profile, string hash, CancellationToken ct)
    {
        // The director speaks in the committee too.
        IReadOnlyList<string> roles = role == BuiltInRoles.SalesDirector ? [role, "review_committee"] : [role];
        var user = new User { Id = time.NewId(), Name = name, EmailConfirmed = true, LockoutEnabled = true, CreatedAt = time.Now };
        Accounts.Fill(user, new UserInput { Name = name, Email = $"{email}@demo.example", Roles = roles, DepartmentId = department, Profile = profile });
        Accounts.SetPassword(user, hash);
        await Accounts.Add(scope.Db, user, roles, ct);
        if (signIns.TrueForAll(s => s.Role != role))
        {
            signIns.Add(new DemoPerson(role, name, user.Email!));
        }
    }

    private static Guid Department(WriteScope scope, TimeProvider time, string name, Guid? above)
    {
        var id = time.NewId();
        scope.Db.Add(new Department { Id = id, Name = name, ParentId = above });
        return id;
    }

    private static WorkingHours[] Late() =>
        [.. Enum.GetValues<DayOfWeek>().Where(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(d => new WorkingHours(d, new TimeOnly(11, 0), new TimeOnly(21, 0)))];
}

/// <summary>Somebody the demo can be entered as.</summary>
/// <param name="Role">Role key.</param>
/// <param name="Name">Name.</param>
/// <param name="Email">Sign-in name.</param>
public sealed record DemoPerson(string Role, string Name, string Email);
