namespace Granary.Domain.People;

/// <summary>
/// Passwords, and the words they are made of, that stand at the head of every list of leaked ones, with the habits of Chinese
/// users: love in pinyin and in numbers, surnames and names, keyboard walks. All in lower case; digits behind a word need no entry.
/// </summary>
internal static class CommonPasswords
{
    public static IReadOnlyList<string> All { get; } = Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private const string Words = """
        123456 12345678 123456789 1234567890 12345 1234567 0123456789 9876543210 987654321 87654321 654321 111111 11111111 1111111111 000000 00000000 0000000000
        666666 66666666 6666666666 888888 88888888 8888888888 999999 99999999 9999999999 112233 11223344 1122334455 123123 123123123 123321 1234321 147258369 147258 159357 159753
        789456123 741852963 963852741 753951 456789 100200 10203040 102030 121212 131313 212121 252525 123654 123654789 147852369 7758521 7758258 5201314 520520 1314520 520131400
        5201314520 1314521 52013140 5211314 584520 5845201314 8845201314 20131452 201314520 9420 94201314 1472583690 0147258369 3141592653 31415926535 314159265 27182818284 110110110 110119120
        13800138000 13900139000 10086 10010 12306 163163 126126 1008610086 8008208820 4008123123 19491001 20080808 20000101 19900101 19800101 20200202 1234554321 12344321 1234566543
        a123456 a12345678 a123456789 123456a 123456789a 1234567890a a1234567890 123456abc abc123456 abc12345678 abc123456789 aa123456 aa12345678 aa123456789 qq123456 qq123456789 123456qq
        asd123456 asd123456789 123456asd zxc123456 zxc123456789 123456zxc qwe123456 qwe123456789 123456qwe 123qwe 123qweasd 123qweasdzxc qwe123 qweasd qweasdzxc qweasd123 asdqwe
        q123456 q123456789 w123456 w123456789 z123456 z123456789 s123456 123456z 123456q 123456s 1a2b3c4d 1a2b3c4d5e a1b2c3d4 a1b2c3d4e5 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5
        1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1xsw2 qazwsx qazwsxedc qazwsxedcrfv qwer1234 1234qwer qwer123456 qwer asdf asdf1234 1234asdf zxcv zxcv1234 zxcvbn zxcvbnm asdfgh asdfghjkl
        qwerty qwertyu qwertyui qwertyuiop qwerty123 azerty qwertz asdfjkl asdasd asdasdasd qweqwe qweqweqwe zxczxc aaabbbccc aabbcc abcabc abcd abcde abcdef abcdefg abcdefgh abcd1234 abcd123456
        woaini woaini520 woaini1314 woaini1314520 woaini5201314 woaini521 woaini123 520woaini 1314woaini woainima woaiwojia woaini88 woaimama woaibaba woaimeimei woaizhongguo woaibeijing
        woaiwoziji wodemima woshishui woshishei woshinibaba woshitiancai woshishenxian wobuzhidao wobuaini womendeai womenyiqi wohenni wohenhao woxiangni woxihuanni wozuiaini zuiaini aini ainiyiwannian
        ainiyiwan ainiyisheng ainilaopo aiqing aiqing1314 aiziji aishangni nizhidao nishiwode nihao nihaoma nihao123 niaiwo nimen nimama nideming nishizhu tamade caonima caonimabi shabi shabi250 sb250
        dashabi wangba wangbadan gunkai qunimade hahaha hahahaha hehehe hehehehe xixixi heiheihei lalala lalalala wawawa gaga baobao baobei baobeier xiaobao dabao laopo laogong laopowoaini laogongwoaini
        qinaide qinqin baobaoaini tiantian tiantianxiangshang kuaile kuaikuaile xingfu pingan pinganfu jixiang jixiangruyi ruyi facai gongxifacai dafa fafafa zhaocai zhaocaijinbao wanshiruyi shengrikuaile
        xinnian xinniankuaile chunjie zhongqiu zhongqiujie zhongguo zhonghua zhongguoren zhongguoxin beijing shanghai guangzhou shenzhen tianjin chongqing chengdu hangzhou nanjing wuhan xian suzhou qingdao
        dalian xiamen changsha zhengzhou jinan shenyang haerbin kunming nanning fuzhou hefei nanchang guiyang taiyuan shijiazhuang lanzhou xining yinchuan wulumuqi lasa haikou taiwan hongkong xianggang aomen
        mima mima123 mimamima mimashi wodemima123 mima123456 denglu yonghu guanliyuan guanli admin admin123 admin888 admin1234 admin12345 admin123456 adminadmin administrator root root123 rootroot toor
        test test123 test1234 test12345 testtest tester testing guest guest123 user user123 username demo demo123 demodemo default changeme changeit letmein letmein123 welcome welcome1 welcome123
        password password1 password12 password123 passw0rd p@ssw0rd p@ssword pass pass123 pass1234 passpass passwd passcode pa55word mypassword thepassword passwort motdepasse contrasena senha parola parol
        secret secret123 topsecret private access access14 login login123 signin logmein server server123 system manager manager123 master master123 superuser supervisor security secure company office office365
        computer internet website database oracle mysql postgres sqlserver windows windows10 microsoft apple iphone ipad samsung huawei xiaomi oppo vivo lenovo nokia google baidu tencent alibaba taobao weixin wechat
        qqqqqq qq qqmima weibo douyin kuaishou jingdong meituan didi zhifubao alipay facebook twitter youtube linkedin dropbox adobe yahoo hotmail gmail netease sina sohu crm erp sales sales123 xiaoshou kehu
        dragon monkey tiger lion eagle falcon wolf bear horse rabbit chicken rooster turtle dolphin panther jaguar cheetah shark whale spider scorpion phoenix butterfly puppy kitty kitten doggy bunny panda
        xiongmao laohu xiaolong xiaohu xiaogou xiaomao xiaozhu zhuzhu zhutou tuzi laoshu dahuilang niuniu yangyang mama baba mamababa babamama gege jiejie didi123 meimei yeye nainai erzi nver haizi jia woaijia
        football baseball basketball soccer hockey softball volleyball tennis golf golfer lakers yankees cowboys steelers eagles packers rangers chelsea arsenal liverpool barcelona realmadrid juventus manchester
        lanqiu zuqiu yundong jordan jordan23 kobe kobe24 bryant james lebron curry iverson messi ronaldo beckham zidane yaoming liuxiang
        superman batman spiderman ironman hulk thor wolverine starwars startrek matrix terminator gladiator pokemon pikachu naruto sasuke onepiece doraemon totoro mario zelda minecraft fortnite warcraft starcraft diablo
        counterstrike dota lol wow cf dnf chuanqi mengxiang wangzhe wangzherongyao yuanshen hailong heping
        iloveyou iloveyou1 iloveyou123 iloveyou1314 iloveyou520 iloveu loveyou lovely lovelove loveme lover lovers love love123 love520 love1314 mylove mylove520 truelove forever forever520 forever1314
        sweetheart sweetie honey baby babygirl babyboy princess prince queen king angel angels heaven destiny beautiful handsome pretty cutie sunshine moonlight starlight rainbow flower flowers summer winter spring autumn
        january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday christmas halloween birthday newyear today tomorrow yesterday
        happy happy123 smile smiley lucky lucky7 lucky888 goodluck success winner champion victory number1 freedom peace hope faith trustno1 believe dream dreams dreamer future wisdom power energy
        money money888 rich millionaire dollar dollars gold golden silver diamond crystal jewel treasure lottery casino poker jackpot
        blue green red black white yellow purple orange pink brown bluesky blackcat redrose whitesnow greenday
        cheese chocolate cookie cookies candy sugar banana apples cherry lemon lemonade peach strawberry blueberry watermelon coffee tea water beer whiskey vodka pizza burger pepper ginger butter bacon
        shuiguo xigua pingguo xiangjiao putao niunai kafei chifan chihuo
        mustang corvette camaro ferrari porsche mercedes bmw audi toyota honda harley yamaha kawasaki ducati suzuki nissan ford chevy
        guitar music musical piano drums rock rocknroll metallica nirvana beatles eminem linkinpark jaychou zhoujielun wangfei liudehua zhangxueyou linjunjie caixukun
        fuckyou fuckyou1 fuckoff fuckme fuck shit bitch asshole bastard sexy sexsex killer killer123 hacker hacker123 blackhat warrior soldier sniper assassin ninja samurai pirate hunter ranger knight wizard merlin
        shadow ghost devil demon satan lucifer vampire zombie dracula monster beast danger dangerous crazy maverick rebel joker phantom thunder lightning storm hurricane tornado blizzard fire ice snow snowball snowman
        michael michelle jennifer jessica ashley amanda daniel david robert william richard thomas charles joseph christopher matthew anthony andrew joshua justin brandon nicholas jonathan steven kevin brian jason
        george edward ronald timothy jeffrey ryan jacob gary eric stephen larry scott frank raymond gregory samuel patrick alexander jack dennis jerry tyler aaron henry jose adam nathan peter zachary kyle walter
        mary patricia linda barbara elizabeth susan sarah karen nancy lisa margaret betty sandra donna emily carol kimberly deborah stephanie rebecca laura helen sharon cynthia kathleen amy angela anna ruth brenda
        pamela nicole katherine samantha christine emma catherine virginia debra rachel janet maria heather diane julie joyce victoria kelly christina joan evelyn lauren judith olivia martha cheryl megan andrea
        charlie buster bailey maggie molly daisy lucy buddy rocky max toby jake harley1 sophie chloe zoe lily tigger simba oreo smokey midnight snoopy garfield mickey minnie donald goofy peanut pumpkin cupcake
        wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv ding ren
        wangwei wangfang wanglei wangli wangjun wangjing wangyong wangtao wangqiang wangpeng wanghui wangbin wangjie wangbo wangyang wangchao wangxin wangting wangdan wangyan wanghao wangxiaoming wanglong wangjianguo
        liwei lifang lilei lili lijun lijing liyong litao liqiang lipeng lihui libin lijie libo liyang lichao lixin liting lidan liyan lihao lixiaoming lilong lina lixia limin lihong liping lihua
        zhangwei zhangfang zhanglei zhangli zhangjun zhangjing zhangyong zhangtao zhangqiang zhangpeng zhanghui zhangbin zhangjie zhangbo zhangyang zhangchao zhangxin zhangting zhangdan zhangyan zhanghao zhangsan zhangmin
        liuwei liufang liulei liuli liujun liujing liuyong liutao liuqiang liupeng liuhui liubin liujie liubo liuyang liuchao liuxin liuting liudan liuyan liuhao liumin liuhong
        chenwei chenfang chenlei chenli chenjun chenjing chenyong chentao chenqiang chenpeng chenhui chenbin chenjie chenbo chenyang chenchao chenxin chenting chendan chenyan chenhao chenmin chenhong
        yangwei yangfang yanglei yangli yangjun yangjing yangyong yangtao yangqiang yangpeng yanghui yangbin yangjie yangbo yangyang yangchao yangxin yangting yangdan yangyan yanghao yangmin
        zhaowei zhaofang zhaolei zhaoli zhaojun zhaojing zhaoyong zhaotao zhaoqiang zhaopeng zhaohui zhaobin zhaojie zhaobo zhaoyang zhaochao huangwei huanglei huangli huangjun huangjing huangjie huangbo huangyan
        zhouwei zhoulei zhouli zhoujun zhoujing zhoujie zhoubo zhouyan zhouyang wuwei wulei wuli wujun wujing wujie wubo wuyan wuyang xuwei xulei xuli xujun xujing xujie xubo xuyan xuyang sunwei sunlei sunli sunjun sunjing
        lisi wangwu zhaoliu xiaoming xiaohong xiaoli xiaowang xiaozhang xiaoliu xiaochen laowang laoli laozhang hanmeimei zhangsanfeng sunwukong zhubajie shaseng tangseng guanyu zhangfei liubei caocao zhugeliang zhaoyun
        jianguo jianjun xiaolin xiaoyu xiaofei xiaoyan xiaoxiao xiaotian xiaodong xiaojun xiaojing xiaofang xiaomei xiaolei xiaolan haitao haiyan haibo hongmei hongwei weiwei lingling tingting fangfang lele leilei yuanyuan
        huanhuan jingjing beibei yingying nini lulu dandan nana feifei pingping honghong lanlan xuexue mengmeng keke qiqi doudou maomao lala dudu bobo jiajia jiaojiao chenchen lanlan123 haohao pengpeng junjun qiangqiang
        zxcvbnm123 asdfghjkl123 poiuytrewq lkjhgfdsa mnbvcxz poiuy mnbvc trewq rewq fdsa gfdsa tgbyhn yhnujm rfvtgb edcrfv wsxedc qawsed qawsedrf azsxdc plokij okmijn ijnuhb
        aaaaaa aaaaaaaa bbbbbb cccccc dddddd zzzzzz xxxxxx ssssss wwwwww llllll pppppp mmmmmm hhhhhh asasas qwqwqw ababab xyz xyzxyz xyz123 abc abc123 123abc abcxyz foobar blahblah whatever nothing something anything
        everything nobody somebody anybody hello hello123 helloworld hellokitty hello1234 helloo hithere goodbye goodmorning goodnight thankyou thanks please sorry welcome2 open opensesame sesame zhimakaimen kaimen
        student teacher school college university daxue xuexi xuesheng laoshi gaokao qinghua beida doctor nurse lawyer engineer police army navy airforce marines captain general president emperor huangdi
        america american canada england london paris france germany berlin italy spain brazil mexico russia moscow japan tokyo korea seoul china chinese india australia texas california florida newyork chicago boston
        phoenix1 dallas austin denver houston seattle miami atlanta hawaii
        abcdefghij abcdefghijk lmnopq opqrst uvwxyz onetwothree onetwo yiersan yiersansi wuliuqi babaqi jiujiujiu babababa liuliuliu liuliuda yibaifen erbaiwu ergouzi goudan tiedan cuihua fugui
        fuckit iloveme ihateyou imissyou icanfly justdoit noproblem nopassword nopass mypass mypass123 newpass newpassword oldpassword temp temp123 temppass temporary qwerty12345 zaqwsx xswzaq cdexsw vfrcde
        """;
}
